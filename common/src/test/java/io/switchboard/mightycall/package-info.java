/** The readers of the provider's bytes under test, by sample, by table and by seeded damage. */
@NullMarked
package io.switchboard.mightycall;

import org.jspecify.annotations.NullMarked;
