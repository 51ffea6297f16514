/**
 * What calls add up to: the numbers of reports as pure functions of calls.
 *
 * <p>Invariant: a sum can be taken apart again. What a call contributes ({@link Tally}) is added when it appears and taken
 * away when it changes, so every order of arrival, duplicate and replay ends at the same sums.
 *
 * <p>Start at {@link Tally}, then {@link Figures} and {@link ServiceLevel}.
 */
@NullMarked
package io.switchboard.projector.report;

import org.jspecify.annotations.NullMarked;
