package io.switchboard.standalone.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** The ceiling of any Vert.x receiver: reads the body and answers 202. Argument: port. */
public final class BareServerMain {
    private BareServerMain() {}

    public static void main(String[] arguments) {
        var port = Integer.parseInt(arguments[0]);
        var vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        var loops = Runtime.getRuntime().availableProcessors();
        var unused = vertx.deployVerticle(() -> new Listener(port), new DeploymentOptions().setInstances(loops))
                .onSuccess(id -> System.out.println("READY"));
    }

    private static final class Listener extends VerticleBase {
        private final int port;

        Listener(int port) {
            this.port = port;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer()
                    .requestHandler(request -> request.endHandler(
                            end -> request.response().setStatusCode(202).end()))
                    .listen(port, "127.0.0.1");
        }
    }
}
