/**
 * The house rules as tests: the direction of modules and packages, the size and the names of things, and that the
 * documents speak of what exists.
 *
 * <p>Invariant: a list of exceptions may only shrink; an entry that is not needed any more fails the test. Start at
 * {@link io.switchboard.house.HouseRulesTest} and {@link io.switchboard.house.ArchitectureTest}.
 */
@NullMarked
package io.switchboard.house;

import org.jspecify.annotations.NullMarked;
