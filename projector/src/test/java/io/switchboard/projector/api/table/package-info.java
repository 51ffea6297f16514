/** Tests of what is put together from several answers of the database, without one. */
@NullMarked
package io.switchboard.projector.api.table;

import org.jspecify.annotations.NullMarked;
