package io.switchboard.simulator.world;

import io.switchboard.simulator.script.CallScript;
import io.switchboard.simulator.script.Company;
import io.switchboard.simulator.world.TextMessage.Way;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Writes text messages. */
public final class Texting {
    private static final double INBOUND_SHARE = 0.6;

    private static final List<String> QUESTIONS = List.of(
            "Are you open on Sunday?",
            "Can you call me back?",
            "Is my order ready?",
            "Thanks!",
            "Could you resend the invoice?",
            "Running ten minutes late \uD83D\uDE97");

    private static final List<String> REPLIES = List.of(
            "Yes, 10 to 4.",
            "We will call you this afternoon.",
            "Your order is ready for pickup.",
            "You're welcome.",
            "The invoice is on its way: 50 % now, \"50 %\" later.",
            "See you tomorrow.");

    private final Company company;

    public Texting(Company company) {
        this.company = company;
    }

    /** A message of the daily traffic. */
    public TextMessage draw(Instant at, SplittableRandom random) {
        var way = random.nextDouble() < INBOUND_SHARE ? Way.INBOUND : Way.OUTBOUND;
        var lines = way == Way.INBOUND ? QUESTIONS : REPLIES;
        var extension = company.extensions(random, 1).getFirst();
        return new TextMessage(
                CallScript.guid(random),
                at,
                way,
                company.client(random),
                company.businessNumber(random),
                way == Way.OUTBOUND ? extension : null,
                lines.get(random.nextInt(lines.size())),
                random.nextInt(10) == 0 ? "picture.png" : null,
                new Marks());
    }

    /** A message made by hand. */
    public static TextMessage write(Way way, Ends ends, String text, Instant at, SplittableRandom random) {
        return new TextMessage(
                CallScript.guid(random), at, way, ends.client, ends.business, ends.extension, text, null, new Marks());
    }

    /** Between whom; {@code extension} is who sends it, null when it comes in. */
    public record Ends(
            String client, String business, @Nullable String extension) {}
}
