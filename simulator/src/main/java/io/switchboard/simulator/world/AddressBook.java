package io.switchboard.simulator.world;

import io.switchboard.simulator.script.CallScript;
import io.switchboard.simulator.script.Company;
import io.switchboard.simulator.world.Contact.Channel;
import io.switchboard.simulator.world.Contact.Content;
import io.switchboard.simulator.world.Contact.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The company's contacts, deleted ones too; the longest deleted are forgotten. Owned by the simulator's event loop. */
public final class AddressBook {
    /** The provider's limit is told by {@code /contacts/limits}; this one is ours. */
    public static final int MOST_CONTACTS = 5_000;

    private static final int MOST_DELETED = 1_000;
    private static final Duration OLDEST = Duration.ofDays(90);

    private final Company company;
    private final SplittableRandom random;
    private final SequencedMap<String, Contact> contacts = new LinkedHashMap<>();
    private long changes;

    /** A book with so many contacts. */
    public AddressBook(Company company, SplittableRandom random, int count, Instant now) {
        this.company = company;
        this.random = random;
        for (int i = 0; i < count; i++) {
            var ago = Duration.ofSeconds(random.nextLong(OLDEST.toSeconds()));
            var unused = create(draw(i), now.minus(ago));
        }
    }

    /** Everybody, oldest entry first, deleted ones too. */
    public Stream<Contact> all() {
        return contacts.values().stream();
    }

    public Optional<Contact> find(String id) {
        return Optional.ofNullable(contacts.get(id)).filter(Contact::active);
    }

    /** How many entries are not deleted. */
    public int size() {
        return (int) all().filter(Contact::active).count();
    }

    /** Somebody else with one of these numbers. */
    public Optional<Contact> withNumberOf(Content content, String otherThan) {
        var phones = content.channels().stream()
                .flatMap(channel -> Optional.ofNullable(channel.phone()).stream())
                .toList();
        return all().filter(Contact::active)
                .filter(contact -> !contact.id().equals(otherThan))
                .filter(contact -> contact.content().channels().stream()
                        .anyMatch(channel -> channel.phone() != null && phones.contains(channel.phone())))
                .findFirst();
    }

    public Contact create(Content content, Instant now) {
        return keep(new Contact(id(now), etag(), content, now, now, State.ACTIVE));
    }

    public Contact update(Contact contact, Content content, Instant now) {
        return keep(new Contact(contact.id(), etag(), content, contact.created(), now, State.ACTIVE));
    }

    public Contact delete(Contact contact, Instant now) {
        var deleted = keep(new Contact(contact.id(), etag(), contact.content(), contact.created(), now, State.DELETED));
        var gone = all().filter(entry -> !entry.active()).toList();
        if (gone.size() > MOST_DELETED) {
            contacts.remove(gone.getFirst().id());
        }
        return deleted;
    }

    /** Somebody edits the book: mostly a comment, sometimes a new entry or one less. */
    public void edit(Instant now) {
        var active = all().filter(Contact::active).toList();
        var dice = random.nextDouble();
        if (active.isEmpty() || dice < 0.25 && active.size() < MOST_CONTACTS) {
            var unused = create(draw(contacts.size()), now);
            return;
        }
        var contact = active.get(random.nextInt(active.size()));
        if (dice < 0.4) {
            var unused = delete(contact, now);
        } else {
            var was = contact.content();
            var comment = "Changed " + (changes + 1) + " times in this book";
            var unused = update(
                    contact, new Content(was.firstName(), was.lastName(), comment, was.tags(), was.channels()), now);
        }
    }

    /** A new channel id. */
    public String channelId(Instant now) {
        return id(now);
    }

    private Contact keep(Contact contact) {
        contacts.put(contact.id(), contact);
        return contact;
    }

    private Content draw(int number) {
        var at = Instant.EPOCH.plusSeconds(1_600_000_000L + number);
        var phone = new Channel(id(at), List.of("Work-phone"), company.client(random), null);
        var mail = new Channel(id(at), List.of("Work-email"), null, "client" + (number + 1) + "@example.com");
        return new Content(
                "Client",
                Integer.toString(number + 1),
                number % 3 == 0 ? "Prefers mornings" : null,
                number % 7 == 0 ? List.of("VIP") : List.of(),
                number % 2 == 0 ? List.of(phone, mail) : List.of(phone));
    }

    private String id(Instant now) {
        return Interaction.journalId(now, CallScript.guid(random));
    }

    private String etag() {
        changes++;
        return HexFormat.of().toHexDigits(0x48d6_e903_1aa4_0000L + changes);
    }
}
