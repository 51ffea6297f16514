package io.switchboard.simulator;

import io.switchboard.simulator.api.ConductSettings;
import io.switchboard.simulator.script.Company;
import io.switchboard.simulator.world.AddressBook;
import io.switchboard.simulator.world.Arrivals;
import io.switchboard.simulator.world.Texting;
import io.switchboard.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** What goes on in the account beside calls: text messages come and go, contacts are edited. */
final class Pastime {
    private static final double MINUTES_PER_HOUR = 60;

    private final World world;
    private final Texting texting;
    private final AddressBook addressBook;
    private final Arrivals textTimes;
    private final Arrivals editTimes;
    private final SplittableRandom texts;

    Pastime(Company company, World world, SimulatorSettings settings, SplittableRandom random, Instant now) {
        this.world = world;
        this.texting = new Texting(company);
        this.textTimes = new Arrivals(random.split());
        this.editTimes = new Arrivals(random.split());
        this.texts = random.split();
        this.addressBook = new AddressBook(company, random.split(), settings.contacts(), now);
        tellPast(settings, random.split(), now);
    }

    AddressBook addressBook() {
        return addressBook;
    }

    void step(Instant now, ConductSettings settings) {
        for (var at : textTimes.step(now, settings.textsPerMinute())) {
            world.add(texting.draw(at, texts.split()));
        }
        for (var at : editTimes.step(now, settings.contactEditsPerHour() / MINUTES_PER_HOUR)) {
            addressBook.edit(at);
        }
    }

    /** Spread evenly over the window of history, with some chance. */
    private void tellPast(SimulatorSettings settings, SplittableRandom random, Instant now) {
        for (int i = 0; i < settings.historyTexts(); i++) {
            var share = (i + random.nextDouble()) / settings.historyTexts();
            var ago = Duration.ofNanos((long) (settings.historyWindow().toNanos() * (1 - share)));
            world.add(texting.draw(now.minus(ago), random.split()));
        }
    }
}
