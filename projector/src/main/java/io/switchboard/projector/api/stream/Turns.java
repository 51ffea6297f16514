package io.switchboard.projector.api.stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Lets a few do something at a time, the others in the order in which they came: after a restart a thousand clients resume
 * at once, and the database has other readers too. Any thread may ask.
 */
final class Turns {
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int free;

    Turns(int atATime) {
        this.free = atATime;
    }

    <T> Future<T> take(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        Runnable turn = () -> work.get().onComplete(result -> {
            next();
            done.handle(result);
        });
        synchronized (this) {
            if (free == 0) {
                waiting.add(turn);
                return done.future();
            }
            free--;
        }
        turn.run();
        return done.future();
    }

    private void next() {
        Runnable turn;
        synchronized (this) {
            turn = waiting.poll();
            if (turn == null) {
                free++;
                return;
            }
        }
        turn.run();
    }
}
