/** Tests of what runs around the projection. */
@NullMarked
package io.switchboard.projector;

import org.jspecify.annotations.NullMarked;
