/** OpenTelemetry, OpenCensus and OpenLineage: https://github.com/open-telemetry/opentelemetry-python-contrib. One line: distributions, ` : `, modules. */
export const telemetry = `
opencensus : opencensus
opencensus-context : opencensus.common.runtime_context
opencensus-ext-* : opencensus.ext.*
openinference-instrumentation : openinference.instrumentation
openinference-instrumentation-* : openinference.instrumentation.*
openinference-semantic-conventions : openinference.semconv
openlineage-* : openlineage.*
openlineage-integration-common : openlineage.common
openlineage-python : openlineage.client
opentelemetry-* : opentelemetry.*
opentelemetry-api : opentelemetry._logs opentelemetry._events opentelemetry.attributes opentelemetry.baggage opentelemetry.context opentelemetry.environment_variables opentelemetry.metrics opentelemetry.propagate opentelemetry.propagators._envcarrier opentelemetry.propagators.composite opentelemetry.propagators.textmap opentelemetry.trace opentelemetry.util._decorator opentelemetry.util._importlib_metadata opentelemetry.util._once opentelemetry.util._providers opentelemetry.util._time opentelemetry.util.re opentelemetry.util.types opentelemetry.version
opentelemetry-exporter-* : opentelemetry.exporter.*
opentelemetry-exporter-gcp-logging : opentelemetry.exporter.cloud_logging
opentelemetry-exporter-gcp-monitoring : opentelemetry.exporter.cloud_monitoring
opentelemetry-exporter-gcp-trace : opentelemetry.exporter.cloud_trace
opentelemetry-exporter-jaeger : opentelemetry.exporter.jaeger
opentelemetry-exporter-jaeger-proto-grpc opentelemetry-exporter-jaeger : opentelemetry.exporter.jaeger.proto
opentelemetry-exporter-jaeger-thrift opentelemetry-exporter-jaeger : opentelemetry.exporter.jaeger.thrift
opentelemetry-exporter-otlp : opentelemetry.exporter.otlp
opentelemetry-exporter-otlp-proto-common : opentelemetry.exporter.otlp.proto.common
opentelemetry-exporter-otlp-proto-grpc opentelemetry-exporter-otlp : opentelemetry.exporter.otlp.proto.grpc
opentelemetry-exporter-otlp-proto-http opentelemetry-exporter-otlp : opentelemetry.exporter.otlp.proto.http
opentelemetry-exporter-zipkin : opentelemetry.exporter.zipkin
opentelemetry-exporter-zipkin-json opentelemetry-exporter-zipkin : opentelemetry.exporter.zipkin.json opentelemetry.exporter.zipkin.encoder opentelemetry.exporter.zipkin.node_endpoint
opentelemetry-exporter-zipkin-proto-http opentelemetry-exporter-zipkin : opentelemetry.exporter.zipkin.proto
opentelemetry-instrumentation : opentelemetry.instrumentation opentelemetry.instrumentation.auto_instrumentation opentelemetry.instrumentation.bootstrap opentelemetry.instrumentation.dependencies opentelemetry.instrumentation.distro opentelemetry.instrumentation.environment_variables opentelemetry.instrumentation.instrumentor opentelemetry.instrumentation.propagators opentelemetry.instrumentation.sqlcommenter_utils opentelemetry.instrumentation.utils opentelemetry.instrumentation.version
opentelemetry-instrumentation-* : opentelemetry.instrumentation.*
opentelemetry-instrumentation-kafka-python : opentelemetry.instrumentation.kafka
opentelemetry-instrumentation-openai-v2 : opentelemetry.instrumentation.openai_v2
opentelemetry-opencensus-shim : opentelemetry.shim.opencensus
opentelemetry-opentracing-shim : opentelemetry.shim.opentracing_shim
opentelemetry-processor-* : opentelemetry.processor.*
opentelemetry-propagator-* : opentelemetry.propagators.*
opentelemetry-propagator-aws-xray : opentelemetry.propagators.aws
opentelemetry-propagator-gcp : opentelemetry.propagators.cloud_trace_propagator
opentelemetry-resource-detector-* : opentelemetry.resource.detector.*
opentelemetry-resourcedetector-* : opentelemetry.resourcedetector.*
opentelemetry-resourcedetector-gcp : opentelemetry.resourcedetector.gcp_resource_detector
opentelemetry-sdk : opentelemetry.sdk
opentelemetry-sdk-extension-aws : opentelemetry.sdk.extension.aws
opentelemetry-semantic-conventions : opentelemetry.semconv
opentelemetry-semantic-conventions-ai : opentelemetry.semconv_ai opentelemetry.semconv.ai
opentelemetry-test-utils : opentelemetry.test
opentelemetry-util-* : opentelemetry.util.*
`;
