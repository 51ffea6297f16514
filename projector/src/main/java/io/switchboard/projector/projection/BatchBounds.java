package io.switchboard.projector.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How much one transaction takes at most.
 *
 * @param bytes of the records' values; a batch that is over it holds one record
 */
public record BatchBounds(int records, long bytes) {
    public static final BatchBounds DEFAULT = new BatchBounds(2_000, 8L << 20);

    /** Cuts a list into slices within the bounds, in order. */
    public <T> List<List<T>> slices(List<T> all, ToLongFunction<T> size) {
        var slices = new ArrayList<List<T>>();
        var start = 0;
        var gathered = 0L;
        for (var i = 0; i < all.size(); i++) {
            var next = size.applyAsLong(all.get(i));
            if (i > start && (i - start >= records || gathered + next > bytes)) {
                slices.add(all.subList(start, i));
                start = i;
                gathered = 0;
            }
            gathered += next;
        }
        if (start < all.size()) {
            slices.add(all.subList(start, all.size()));
        }
        return slices;
    }
}
