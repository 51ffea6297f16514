package io.switchboard.simulator.rows;

import io.switchboard.simulator.rows.RowSettings.Offset;
import io.switchboard.simulator.world.Contact;
import io.switchboard.simulator.world.Contact.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The rows of {@code /contacts}. */
public final class ContactRows {
    private final RowSettings form;

    public ContactRows(RowSettings form) {
        this.form = form;
    }

    public JsonObject row(Contact contact) {
        var content = contact.content();
        var channels = contact.active()
                ? content.channels().stream().map(this::channel).toList()
                : List.<JsonObject>of();
        return new Row(form)
                .put("etag", contact.etag())
                .put("contactId", contact.id())
                .put("firstName", content.firstName())
                .put("lastName", content.lastName())
                .put("patronymic", null)
                .time("created", contact.created(), Offset.Z)
                .time("updated", contact.updated(), Offset.Z)
                .put("comment", content.comment())
                .put("tags", new JsonArray(content.tags()))
                .put("channels", new JsonArray(channels))
                .maybe("state", contact.active() ? null : "deleted")
                .json();
    }

    private JsonObject channel(Channel channel) {
        return new Row(form)
                .put("channelId", channel.id())
                .put("labels", new JsonArray(channel.labels()))
                .maybe("phone", channel.phone())
                .maybe("email", channel.email())
                .json();
    }
}
