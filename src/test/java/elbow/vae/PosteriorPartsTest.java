package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.math.FloatMemory;
import elbow.vae.VaeSpecJson.Parts;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.LatentContext;
import elbow.vae.latent.LatentLayer;
import elbow.vae.latent.Posterior;
import elbow.vae.layer.LayerReaders;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.layer.Start;
import elbow.vae.prior.Prior;
import elbow.vae.prior.PriorReaders;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A posterior that main code does not know may have settings and parameters. */
@Tag("kernels")
final class PosteriorPartsTest {
    private static final List<String> CALLS = new ArrayList<>();

    /** The diagonal Gaussian, with that many parameters which change nothing. */
    private record Parametrised(int count) implements Posterior {
        private static final String TYPE = "parametrised";
        private static final String COUNT = "count";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public String description() {
            return "parametrised";
        }

        @Override
        public void writeSettings(ObjectNode node) {
            node.put(COUNT, count);
        }

        @Override
        public int encoderOutputs(int latentSize) {
            return new DiagonalGaussian().encoderOutputs(latentSize);
        }

        @Override
        public Start encoderWeights(int inputs, int latentSize) {
            return new DiagonalGaussian().encoderWeights(inputs, latentSize);
        }

        @Override
        public void declare(String name, int latentSize, ParameterLayout.Builder layout) {
            layout.add(name + ".shifts", count, latentSize, Start.ZERO);
        }

        @Override
        public long floatsPerRow(int latentSize) {
            return 10L * latentSize;
        }

        @Override
        public boolean hasClosedKl(Prior prior) {
            return true;
        }

        @Override
        public LatentLayer create(String name, int latentSize, LatentContext context) {
            LatentLayer gaussian = new DiagonalGaussian().create(name, latentSize, context);
            ParameterBlock own = context.layers().layout().block(name + ".shifts");
            CALLS.add("create for " + own.length());
            return (LatentLayer) Proxy.newProxyInstance(
                    LatentLayer.class.getClassLoader(), new Class<?>[] {LatentLayer.class}, (proxy, method, given) -> {
                        if (method.getName().equals("bind") || method.getName().equals("close")) {
                            CALLS.add(method.getName());
                        }
                        return method.invoke(gaussian, given);
                    });
        }
    }

    private static final VaeSpec SPEC =
            Fixture.base().posterior(new Parametrised(2)).build();

    @Test
    void jsonRoundTripsWithItsSettings() {
        Parts parts = new Parts(
                LayerReaders.ALL,
                Map.of(Parametrised.TYPE, settings -> new Parametrised(settings.integer(Parametrised.COUNT))),
                PriorReaders.ALL);
        assertThat(VaeSpecJson.read("spec", VaeSpecJson.write(SPEC).toString(), parts))
                .isEqualTo(SPEC);
        assertThat(VaeSpecJson.write(SPEC).at("/latentLayers/0/posterior"))
                .isEqualTo(JsonReader.newObject().put("type", "parametrised").put("count", 2));
    }

    @Test
    void parametersAndMemoryOfItsOwnAreCounted() {
        VaeSpec plain = Fixture.base().build();
        assertThat(SPEC.layout().length()).isEqualTo(plain.layout().length() + 6);
        assertThat(VaeEngine.offHeapBytes(SPEC, 8)).isEqualTo(VaeEngine.offHeapBytes(plain, 8) + 8 * 4 * 30);
    }

    @Test
    void networkBindsAndClosesIt() {
        CALLS.clear();
        int length = SPEC.layout().length();
        try (VaeEngine engine = new VaeEngine(SPEC, 2);
                FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length)) {
            engine.bind(parameters, gradients);
        }
        assertThat(CALLS).containsExactly("create for 6", "bind", "close");
    }
}
