package io.switchboard.poller.plan;

import java.util.List;

/** Requests by purpose. */
record Spending(int live, int resources, int commands, int backfill) {
    static final Spending NONE = new Spending(0, 0, 0, 0);

    /** More than any limit. */
    static final int MOST = 100_000_000;

    Spending {
        live = Math.clamp(live, 0, MOST);
        resources = Math.clamp(resources, 0, MOST);
        commands = Math.clamp(commands, 0, MOST);
        backfill = Math.clamp(backfill, 0, MOST);
    }

    /** Missing places count as nothing. */
    static Spending of(List<Integer> places) {
        return new Spending(place(places, 0), place(places, 1), place(places, 2), place(places, 3));
    }

    private static int place(List<Integer> places, int index) {
        return index < places.size() ? places.get(index) : 0;
    }

    List<Integer> places() {
        return List.of(live, resources, commands, backfill);
    }

    int of(Purpose purpose) {
        return switch (purpose) {
            case LIVE -> live;
            case RESOURCES -> resources;
            case COMMANDS -> commands;
            case BACKFILL -> backfill;
        };
    }

    int total() {
        return live + resources + commands + backfill;
    }

    Spending plusOne(Purpose purpose) {
        return switch (purpose) {
            case LIVE -> new Spending(live + 1, resources, commands, backfill);
            case RESOURCES -> new Spending(live, resources + 1, commands, backfill);
            case COMMANDS -> new Spending(live, resources, commands + 1, backfill);
            case BACKFILL -> new Spending(live, resources, commands, backfill + 1);
        };
    }

    Spending plus(Spending other) {
        return new Spending(
                live + other.live, resources + other.resources, commands + other.commands, backfill + other.backfill);
    }

    Spending minus(Spending other) {
        return new Spending(
                live - other.live, resources - other.resources, commands - other.commands, backfill - other.backfill);
    }

    /** The amount shared out by the largest remainder: 48 % live, 25 % resources, 12 % commands, 15 % backfill. */
    static Spending shareOut(int amount) {
        var percents = new int[] {48, 25, 12, 15};
        var parts = new int[4];
        var remainders = new int[4];
        var rest = amount;
        for (int i = 0; i < 4; i++) {
            var hundredths = (long) amount * percents[i];
            parts[i] = (int) (hundredths / 100);
            remainders[i] = (int) (hundredths % 100);
            rest -= parts[i];
        }
        for (; rest > 0; rest--) {
            var largest = 0;
            for (int i = 1; i < 4; i++) {
                largest = remainders[i] > remainders[largest] ? i : largest;
            }
            parts[largest]++;
            remainders[largest] = -1;
        }
        return new Spending(parts[0], parts[1], parts[2], parts[3]);
    }
}
