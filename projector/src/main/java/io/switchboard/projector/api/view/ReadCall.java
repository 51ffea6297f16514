package io.switchboard.projector.api.view;

import io.switchboard.call.Call;

/**
 * A call as it reads at one moment: its state and outcome already say {@code unknown} when it is open and silent.
 *
 * @param provisional whether a record may still change it
 */
public record ReadCall(Call call, boolean provisional) {}
