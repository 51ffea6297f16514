/** The loop with fakes: what it saves, asks and publishes. Start at {@link io.switchboard.poller.SyncLoopTest}. */
@NullMarked
package io.switchboard.poller;

import org.jspecify.annotations.NullMarked;
