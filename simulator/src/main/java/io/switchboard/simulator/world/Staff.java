package io.switchboard.simulator.world;

import io.switchboard.simulator.script.Company;
import io.switchboard.simulator.script.Company.Extension;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the account knows of its people and numbers beyond what a call needs. Pure. */
public final class Staff {
    private static final List<String> LABELS = List.of("Main line", "Support line", "Toll-free line");

    private final Company company;
    private final Map<String, Person> byExtension;

    public Staff(Company company) {
        this.company = company;
        this.byExtension = company.extensions().stream()
                .map(Staff::person)
                .collect(Collectors.toUnmodifiableMap(Person::extension, Function.identity()));
    }

    /** Somebody with an extension. */
    public record Person(
            String extension, String firstName, String lastName, String id, String forwardingNumber, String role) {
        public String fullName() {
            return firstName + " " + lastName;
        }

        public String email() {
            return (firstName + lastName).toLowerCase(Locale.ROOT) + "@example.com";
        }
    }

    /** The user whom the token belongs to: the first extension. */
    public Person owner() {
        return people().getFirst();
    }

    public List<Person> people() {
        return company.extensions().stream().map(extension -> person(extension)).toList();
    }

    public Optional<Person> find(String extension) {
        return Optional.ofNullable(byExtension.get(extension));
    }

    public List<String> businessNumbers() {
        return company.businessNumbers();
    }

    /** What a business number is called. */
    public String label(String businessNumber) {
        var index = company.businessNumbers().indexOf(businessNumber);
        return index >= 0 && index < LABELS.size() ? LABELS.get(index) : "Local";
    }

    private static Person person(Extension extension) {
        var name = extension.name().split(" ", 2);
        var number = extension.number();
        return new Person(
                number,
                name[0],
                name.length > 1 ? name[1] : "",
                "6b02f2a4-0000-4a01-8a01-" + "0".repeat(Math.max(0, 12 - number.length())) + number,
                "+1202555" + (number.length() == 3 ? "0" + number : "0199"),
                number.equals("101") ? "admin" : "agent");
    }
}
