/**
 * What every service needs to run: typed settings from the environment, logging, the meter registry.
 *
 * <p>Invariant: all problems of a configuration are reported at once, and none of the reports repeats a secret. Start at
 * {@link io.switchboard.runtime.SettingsReader}.
 */
@NullMarked
package io.switchboard.runtime;

import org.jspecify.annotations.NullMarked;
