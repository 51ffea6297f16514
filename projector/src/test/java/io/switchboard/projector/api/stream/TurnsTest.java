package io.switchboard.projector.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final List<Promise<String>> begun = new ArrayList<>();
    private final Turns turns = new Turns(2);

    private Future<String> take() {
        return turns.take(() -> {
            Promise<String> work = Promise.promise();
            begun.add(work);
            return work.future();
        });
    }

    @Test
    void soManyAtATimeAndTheOthersInTheirOrder() {
        var first = take();
        var second = take();
        var third = take();
        assertThat(begun).hasSize(2);

        begun.get(1).complete("b");
        assertThat(begun).hasSize(3);
        begun.get(2).complete("c");
        begun.get(0).complete("a");

        assertThat(List.of(first.result(), second.result(), third.result())).containsExactly("a", "b", "c");
    }

    @Test
    void aFailureGivesItsTurnOn() {
        var first = take();
        var second = take();
        var third = take();

        begun.get(0).fail("away");
        begun.get(1).fail("away");
        begun.get(2).complete("c");

        assertThat(first.failed()).isTrue();
        assertThat(second.failed()).isTrue();
        assertThat(third.result()).isEqualTo("c");
        assertThat(take().isComplete()).isFalse();
        assertThat(begun).hasSize(4);
    }
}
