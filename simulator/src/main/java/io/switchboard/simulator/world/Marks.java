package io.switchboard.simulator.world;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people noted on an interaction. Mutable; owned by the simulator's event loop. */
public final class Marks {
    private @Nullable String comment;
    private @Nullable Workflow workflow;
    private boolean read;
    private boolean favorite;
    private boolean removed;

    /** Where an interaction stands in somebody's list of things to do. */
    public enum Workflow {
        OPEN,
        RESOLVED
    }

    /** What can be flagged. */
    public enum Flag {
        IS_READ,
        FAVORITE,
        REMOVED
    }

    public Optional<String> comment() {
        return Optional.ofNullable(comment);
    }

    /** @param text null removes the comment */
    public void comment(@Nullable String text) {
        comment = text;
    }

    public Optional<Workflow> workflow() {
        return Optional.ofNullable(workflow);
    }

    public void workflow(Workflow workflow) {
        this.workflow = workflow;
    }

    public boolean has(Flag flag) {
        return switch (flag) {
            case IS_READ -> read;
            case FAVORITE -> favorite;
            case REMOVED -> removed;
        };
    }

    public void set(Flag flag) {
        flag(flag, true);
    }

    public void clear(Flag flag) {
        flag(flag, false);
    }

    private void flag(Flag flag, boolean value) {
        switch (flag) {
            case IS_READ -> read = value;
            case FAVORITE -> favorite = value;
            case REMOVED -> removed = value;
        }
    }
}
