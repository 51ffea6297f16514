package io.switchboard.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That a call has ended, and when where that is known. */
record Ending(@Nullable Instant at) {}
