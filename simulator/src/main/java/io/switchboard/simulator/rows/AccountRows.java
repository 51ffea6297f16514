package io.switchboard.simulator.rows;

import io.switchboard.simulator.rows.RowSettings.StatusWords;
import io.switchboard.simulator.rows.RowSettings.Wrapping;
import io.switchboard.simulator.world.Staff;
import io.switchboard.simulator.world.Staff.Person;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What changes seldom: numbers, people, the user's own profile. */
public final class AccountRows {
    private static final String DELETED = "+12025550190";

    private final RowSettings form;
    private final Staff staff;

    public AccountRows(RowSettings form, Staff staff) {
        this.form = form;
        this.staff = staff;
    }

    /** {@code GET /phonenumbers}. */
    public JsonObject numbers() {
        var active = staff.businessNumbers().stream().map(this::number).toList();
        return success(new JsonObject()
                .put("phoneNumbers", new JsonArray(active))
                .put(
                        "deletedPhoneNumbers",
                        new JsonArray()
                                .add(deleted("2026-01-14T14:10:03.9536748Z", 3))
                                .add(deleted("2025-12-01T19:58:27.3212038Z", 4)))
                .put("total", active.size()));
    }

    /** One of the account's numbers. */
    public JsonObject number(String number) {
        var main = number.equals(staff.businessNumbers().getFirst());
        return model(number, staff.label(number))
                .put("smsMode", "Enabled")
                .put("numberMessagingVerified", true)
                .maybe("lastUsed", main ? true : null)
                .put("objectGuid", guid(number).toString())
                .put("doNotOriginate", false)
                .json();
    }

    /** {@code GET /team}. */
    public JsonObject team() {
        var users = staff.people().stream().map(this::user).toList();
        var group = new JsonObject().put("name", "Support").put("id", "66632351-0000-447b-82ec-000000000001");
        var box =
                new JsonObject().put("name", "General Voicemail Box").put("id", "00000000-0000-0000-0000-000000000001");
        var team = new JsonObject()
                .put("users", new JsonArray(users))
                .put("groups", new JsonArray().add(group))
                .put("vmboxes", new JsonArray().add(box));
        return form.team() == Wrapping.BARE ? team : success(team);
    }

    /** {@code GET /profile}. */
    public JsonObject profile(Person person) {
        return success(new Row(form)
                .put("firstName", person.firstName())
                .put("lastName", person.lastName())
                .put("email", person.email())
                .put("extension", person.extension())
                .put("role", person.role())
                .json());
    }

    /** {@code GET /profile/status}; the status is given as {@code available} or {@code dnd}. */
    public JsonObject status(String status) {
        var live = status.equals("dnd") ? "Busy" : "Free";
        return success(new JsonObject().put("status", form.statusWords() == StatusWords.BUSY ? live : status));
    }

    /** The envelope of most answers. */
    public static JsonObject success(Object data) {
        return new JsonObject().put("data", data).put("isSuccess", true);
    }

    private JsonObject user(Person person) {
        return new Row(form)
                .put("fullName", person.fullName())
                .put("id", person.id())
                .put("role", null)
                .put("avatarUrl", null)
                .json();
    }

    private JsonObject deleted(String whenDeleted, int serial) {
        return model(DELETED, "Local")
                .put("smsMode", "Capable")
                .put("numberMessagingVerified", false)
                .put("whenDeleted", whenDeleted)
                .put("objectGuid", guid(DELETED + "/" + serial).toString())
                .put("doNotOriginate", false)
                .json();
    }

    private Row model(String number, String label) {
        var tollFree = List.of("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888").stream()
                .anyMatch(number::startsWith);
        return new Row(form)
                .put("number", number)
                .put("isEnabled", true)
                .put("isPrimary", false)
                .put("isTollFree", tollFree)
                .put("isInternational", false)
                .put("isMmsEnabled", true)
                .put("callRecordingMode", "Both, OutgoingBeepDisabled")
                .put("description", null)
                .put("label", label)
                .put("mayText", true)
                .put("mayCall", true);
    }

    private static UUID guid(String text) {
        var hash = text.toLowerCase(Locale.ROOT).hashCode() * 0x9E37_79B9_7F4A_7C15L;
        return new UUID(0xf22e_242b_0000_4661L & ~0xF000L | 0x4000L, hash & 0x3FFF_FFFF_FFFF_FFFFL | 1L << 63);
    }
}
