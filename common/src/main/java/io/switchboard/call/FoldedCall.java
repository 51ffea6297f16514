package io.switchboard.call;

import io.switchboard.event.EventId;
import java.util.List;
import java.util.Map;

/**
 * A call and, for its timeline, what each of its events did to it.
 *
 * @param effects one for every distinct event, unknown ones too
 * @param disagreements what events and records say differently, a field at most once, in the order of the fields
 */
public record FoldedCall(Call call, Map<EventId, EventEffect> effects, List<Disagreement> disagreements) {}
