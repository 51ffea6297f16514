package io.switchboard.simulator.script;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The people and numbers of a simulated account: only 555 numbers, which nobody owns.
 *
 * @param businessNumbers the account's own numbers, E.164
 * @param extensions who can answer, at least {@value #LEAST_EXTENSIONS}
 * @param clients numbers of the people outside, regular callers first
 * @param widgets names of call buttons on the company's site
 */
public record Company(
        List<String> businessNumbers, List<Extension> extensions, List<String> clients, List<String> widgets) {
    /** What the largest script needs: a group of three. */
    public static final int LEAST_EXTENSIONS = 3;

    private static final List<String> DESKS = List.of("Reception", "Sales", "Support", "Billing");

    /** A desk with a telephone. */
    public record Extension(String number, String name) {}

    public Company {
        businessNumbers = List.copyOf(businessNumbers);
        extensions = List.copyOf(extensions);
        clients = List.copyOf(clients);
        widgets = List.copyOf(widgets);
        if (businessNumbers.isEmpty() || clients.isEmpty() || widgets.isEmpty()) {
            throw new IllegalArgumentException("a company needs a business number, a client and a widget");
        }
        if (extensions.size() < LEAST_EXTENSIONS) {
            throw new IllegalArgumentException(
                    "extensions: at least " + LEAST_EXTENSIONS + " needed, found " + extensions.size());
        }
    }

    /** Three business numbers, 24 extensions from 101, 500 clients, two widgets. */
    public static Company standard() {
        var clients = Stream.of("312", "415", "617", "213", "404")
                .flatMap(area -> numbers("+1" + area + "55501", 100))
                .toList();
        return new Company(
                List.of("+12025550143", "+12025550178", "+18005550110"),
                IntStream.range(0, 24).mapToObj(Company::extension).toList(),
                interleaved(clients, 5),
                List.of("Pricing page widget", "Contact page widget"));
    }

    /** The same company with only those extensions; all of them when too few are left for a script. */
    public Company with(Predicate<String> available) {
        var left = extensions.stream()
                .filter(extension -> available.test(extension.number()))
                .toList();
        return left.size() < LEAST_EXTENSIONS ? this : new Company(businessNumbers, left, clients, widgets);
    }

    public String businessNumber(SplittableRandom random) {
        return businessNumbers.get(random.nextInt(businessNumbers.size()));
    }

    /** Regular callers call more often: squaring favours the head of the list. */
    public String client(SplittableRandom random) {
        var skewed = random.nextDouble();
        return clients.get((int) (skewed * skewed * clients.size()));
    }

    String widget(SplittableRandom random) {
        return widgets.get(random.nextInt(widgets.size()));
    }

    /** Different extensions, in random order. */
    public List<String> extensions(SplittableRandom random, int count) {
        var left = new ArrayList<>(extensions);
        return IntStream.range(0, count)
                .mapToObj(i -> left.remove(random.nextInt(left.size())).number())
                .toList();
    }

    private static Extension extension(int index) {
        var desk = DESKS.get(index % DESKS.size());
        return new Extension(Integer.toString(101 + index), desk + " " + (1 + index / DESKS.size()));
    }

    private static Stream<String> numbers(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + (i < 10 ? "0" : "") + i);
    }

    private static List<String> interleaved(List<String> numbers, int groups) {
        var size = numbers.size() / groups;
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> numbers.get(i % groups * size + i / groups))
                .toList();
    }
}
