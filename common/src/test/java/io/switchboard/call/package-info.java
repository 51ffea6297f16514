/** The fold under test: the provider's sequences, every rule on its own, and seeded permutations. */
@NullMarked
package io.switchboard.call;

import org.jspecify.annotations.NullMarked;
