package io.switchboard.poller.provider;

import io.switchboard.event.Resource;
import io.switchboard.poller.plan.Failure;
import io.switchboard.poller.plan.Failure.Kind;
import io.switchboard.poller.plan.ProviderRequest;
import io.switchboard.poller.provider.PageReader.Reading;
import io.switchboard.poller.provider.ProviderAnswer.Page;
import io.switchboard.poller.provider.Refusals.Grant;
import io.switchboard.runtime.Account;
import io.switchboard.sync.PersonCommand;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks to the provider for one account. Each call makes one HTTP request, or none where it is plain that it would be refused
 * ({@link #fetch} without a token); nothing is tried again and no redirect followed. The tokens stay in here. Any thread; made
 * in a verticle, it is closed with it.
 */
public final class MightyCallClient implements Provider {
    /** How long an answer may take, from the request to its last byte. */
    public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(MightyCallClient.class);
    private static final int MAX_BODY_BYTES = 64 << 20;
    private static final int MOST_NAMES = 100;
    /** A name, and not somebody's data in its place. */
    private static final Pattern PATH = Pattern.compile("[a-z][a-z_.-]{0,63}");
    /** Shorter than servers usually wait, so that no request meets a connection that is just being closed. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private static final Failure NO_TOKEN =
            new Failure(Kind.TOKEN_REJECTED, "no token is held; nothing was sent", null);

    private final Vertx vertx;
    private final Origin origin;
    private final ProviderUrls urls;
    private final ProviderKeys keys;
    private final PageReader reader;
    private final ProviderMetrics metrics;
    private final InstantSource clock;
    private final HttpClientAgent http;
    private final HttpExchange exchange;
    private final Set<String> unknownNames = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String ownExtension;

    /** @param timeout see {@link #USUAL_TIMEOUT} */
    public MightyCallClient(
            Vertx vertx, Account account, ProviderMetrics metrics, InstantSource clock, Duration timeout) {
        this.vertx = vertx;
        this.origin = Origin.of(account.baseUrl());
        this.urls = ProviderUrls.of(account.baseUrl());
        this.keys = new ProviderKeys(account);
        this.reader = new PageReader(account.id());
        this.metrics = metrics;
        this.clock = clock;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setName("mightycall")
                .setConnectTimeout((int) HttpExchange.CONNECT_TIMEOUT.toMillis())
                .setKeepAliveTimeout((int) KEEP_ALIVE.toSeconds()));
        this.exchange = new HttpExchange(http, timeout, MAX_BODY_BYTES);
    }

    /** Gets a token with the account's keys. */
    @Override
    public Future<TokenAnswer> logIn() {
        return token(Grant.KEYS);
    }

    /** Gets a token with the refresh token, or with the keys where there is none. */
    @Override
    public Future<TokenAnswer> renew() {
        return token(keys.grant());
    }

    /** Asks with the token it holds; without one nothing is sent, and the answer is that the token is rejected. */
    @Override
    public Future<ProviderAnswer> fetch(ProviderRequest request) {
        if (!keys.hasToken()) {
            return Future.succeededFuture(new ProviderAnswer.Refused(NO_TOKEN));
        }
        var options = options(HttpMethod.GET, urls.of(request));
        keys.authorize(options);
        var started = System.nanoTime();
        return exchange.send(options, Buffer.buffer())
                .transform(sent -> sent.succeeded()
                        ? vertx.executeBlocking(() -> understood(request, sent.result()), false)
                        : Future.succeededFuture(new ProviderAnswer.Refused(HttpExchange.failure(sent.cause()))))
                .onSuccess(answer -> count(
                        Endpoint.of(request),
                        answer instanceof ProviderAnswer.Refused(var failure) ? failure : null,
                        started));
    }

    /** Does it with the token it holds; without one nothing is sent, and the answer is that the token is rejected. */
    @Override
    public Future<CommandAnswer> perform(PersonCommand command) {
        if (!keys.hasToken()) {
            return Future.succeededFuture(new CommandAnswer.Refused(NO_TOKEN));
        }
        var told = CommandRequest.of(command);
        var options = options(told.method(), urls.data() + told.path());
        if (told.contentType() != null) {
            options.putHeader(HttpHeaders.CONTENT_TYPE, told.contentType());
        }
        keys.authorize(options);
        var secrets = Stream.concat(keys.secrets().stream(), told.personal().stream())
                .filter(text -> text.length() > 1)
                .toList();
        var started = System.nanoTime();
        return exchange.send(options, told.body())
                .transform(sent -> Future.<CommandAnswer>succeededFuture(
                        sent.succeeded()
                                ? new CommandReader(secrets, clock.instant()).read(sent.result())
                                : new CommandAnswer.Refused(HttpExchange.failureOfCommand(sent.cause()))))
                .onSuccess(answer -> count(
                        Endpoint.of(command),
                        answer instanceof CommandAnswer.Refused(var failure) ? failure : null,
                        started));
    }

    /** Whose status {@link ProviderRequest.OwnStatus} is: learnt from the own profile, or told here after a start. */
    public void ownExtension(String extension) {
        if (!extension.equals(PageReader.ME)) {
            ownExtension = extension;
        }
    }

    public Future<Void> close() {
        return http.close();
    }

    /** Where the account's own host is. */
    Origin origin() {
        return origin;
    }

    /** Adds the account's key and token to a request; only for hosts that may see them. */
    void authorize(RequestOptions options) {
        keys.authorize(options);
    }

    private Future<TokenAnswer> token(Grant grant) {
        if (!keys.areUsable()) {
            return Future.succeededFuture(new TokenAnswer.Refused(new Failure(
                    Kind.CREDENTIALS_REJECTED, "the keys are missing or hold what no header can carry", null)));
        }
        var options = options(HttpMethod.POST, urls.token())
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpHeaders.APPLICATION_X_WWW_FORM_URLENCODED);
        keys.addApiKey(options);
        var started = System.nanoTime();
        return exchange.send(options, Buffer.buffer(keys.form(grant)))
                .transform(sent -> Future.<TokenAnswer>succeededFuture(
                        sent.succeeded()
                                ? granted(grant, sent.result())
                                : new TokenAnswer.Refused(HttpExchange.failure(sent.cause()))))
                .onSuccess(answer -> count(
                        Endpoint.TOKEN, answer instanceof TokenAnswer.Refused(var failure) ? failure : null, started));
    }

    private TokenAnswer granted(Grant grant, RawAnswer answer) {
        var now = clock.instant();
        var members = isSuccess(answer) ? Members.read(answer.body()) : null;
        var expiresAt = members == null ? null : keys.accept(members, now);
        if (expiresAt != null) {
            return new TokenAnswer.Granted(expiresAt);
        }
        var failure = new Refusals(keys.secrets(), now).ofToken(answer, grant);
        if (grant == Grant.REFRESH && failure.kind() == Kind.TOKEN_REJECTED) {
            keys.dropRefreshToken();
        }
        return new TokenAnswer.Refused(failure);
    }

    private ProviderAnswer understood(ProviderRequest request, RawAnswer answer) {
        var refusals = new Refusals(keys.secrets(), clock.instant());
        if (!isSuccess(answer)) {
            return new ProviderAnswer.Refused(refusals.ofData(answer));
        }
        return switch (reader.read(request, answer.body(), ownExtension)) {
            case Reading.Unreadable(var what) -> new ProviderAnswer.Refused(refusals.ofUnreadable(answer, what));
            case Reading.Understood(var page, var unknown) -> {
                if (page.rows() == 0 && RequestLimit.isSaidBy(ErrorBody.read(answer.body()))) {
                    yield new ProviderAnswer.Refused(refusals.ofData(answer));
                }
                learn(request, page);
                noteUnknown(request.resource(), unknown);
                yield page;
            }
        };
    }

    private void learn(ProviderRequest request, Page page) {
        if (request instanceof ProviderRequest.Profile profile && profile.extension() == null) {
            page.records().stream()
                    .map(ProviderRecord::id)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(this::ownExtension);
        }
    }

    /** Each name is told once. */
    private void noteUnknown(Resource resource, Map<String, Integer> unknown) {
        metrics.unknownMembers(
                resource, unknown.values().stream().mapToInt(Integer::intValue).sum());
        for (var path : unknown.keySet()) {
            var name = resource.word() + ": " + path;
            if (PATH.matcher(path).matches() && unknownNames.size() < MOST_NAMES && unknownNames.add(name)) {
                LOG.info("the provider sends a member that no document describes: {}", name);
            }
        }
    }

    private void count(Endpoint endpoint, @Nullable Failure failure, long started) {
        var nanos = System.nanoTime() - started;
        if (failure == null) {
            metrics.succeeded(endpoint, nanos);
        } else {
            metrics.failed(endpoint, failure.kind(), nanos);
        }
    }

    private RequestOptions options(HttpMethod method, String pathAndQuery) {
        return origin.request(method, pathAndQuery).putHeader(HttpHeaders.ACCEPT, "application/json");
    }

    private static boolean isSuccess(RawAnswer answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }
}
