/** Azure's namespace packages (https://azure.github.io/azure-sdk/releases/latest/python.html) and Microsoft's others. One line: distributions, ` : `, modules. */
export const azure = `
azure-* : azure.*
azure-ai-* : azure.ai.*
azure-ai-agentserver-* : azure.ai.agentserver.*
azure-ai-language-* : azure.ai.language.*
azure-ai-translation-* : azure.ai.translation.*
azure-ai-vision-* : azure.ai.vision.*
azure-appconfiguration : azure.appconfiguration
azure-appconfiguration-provider : azure.appconfiguration.provider
azure-cli : azure.cli.command_modules azure.cli.__main__
azure-cli-* : azure.cli.*
azure-cognitiveservices-* : azure.cognitiveservices.*
azure-cognitiveservices-knowledge-* : azure.cognitiveservices.knowledge.*
azure-cognitiveservices-language-* : azure.cognitiveservices.language.*
azure-cognitiveservices-search-* : azure.cognitiveservices.search.*
azure-cognitiveservices-vision-* : azure.cognitiveservices.vision.*
azure-common : azure.common azure.profiles
azure-communication-* : azure.communication.*
azure-containerregistry : azure.containerregistry
azure-core : azure.core
azure-core-tracing-opentelemetry : azure.core.tracing.ext.opentelemetry_span
azure-cosmosdb-* : azure.cosmosdb.*
azure-data-* : azure.data.*
azure-datalake-* : azure.datalake.*
azure-developer-* : azure.developer.*
azure-digitaltwins-* : azure.digitaltwins.*
azure-eventhub : azure.eventhub
azure-eventhub-checkpointstoreblob : azure.eventhub.extensions.checkpointstoreblob
azure-eventhub-checkpointstoreblob-aio : azure.eventhub.extensions.checkpointstoreblobaio
azure-functions-durable : azure.durable_functions
azure-health-* : azure.health.*
azure-identity : azure.identity
azure-identity-broker : azure.identity.broker
azure-iot-* : azure.iot.*
azure-keyvault-* : azure.keyvault.*
azure-kusto-* : azure.kusto.*
azure-media-* : azure.media.*
azure-messaging-* : azure.messaging.*
azure-mgmt-* : azure.mgmt.*
azure-mgmt-datalake-* : azure.mgmt.datalake.*
azure-mgmt-resource : azure.mgmt.resource
azure-mgmt-resource-deployments : azure.mgmt.resource.deployments
azure-mgmt-resource-deploymentscripts : azure.mgmt.resource.deploymentscripts
azure-mgmt-resource-deploymentstacks : azure.mgmt.resource.deploymentstacks
azure-mgmt-resource-subscriptions azure-mgmt-resource : azure.mgmt.resource.subscriptions
azure-mgmt-resource-templatespecs : azure.mgmt.resource.templatespecs
azure-mixedreality-* : azure.mixedreality.*
azure-monitor-* : azure.monitor.*
azure-monitor-opentelemetry : azure.monitor.opentelemetry
azure-monitor-opentelemetry-exporter : azure.monitor.opentelemetry.exporter
azure-multiapi-* : azure.multiapi.*
azure-purview-* : azure.purview.*
azure-schemaregistry : azure.schemaregistry
azure-schemaregistry-avroencoder : azure.schemaregistry.encoder.avroencoder
azure-schemaregistry-avroserializer : azure.schemaregistry.serializer.avroserializer
azure-search-* : azure.search.*
azure-security-* : azure.security.*
azure-servicemanagement-legacy : azure.servicemanagement
azure-storage-* : azure.storage.*
azure-storage-blob azure-storage : azure.storage.blob
azure-storage-blob-changefeed : azure.storage.blob.changefeed
azure-storage-file-datalake : azure.storage.filedatalake
azure-storage-file-share : azure.storage.fileshare
azure-synapse-* : azure.synapse.*
azurefunctions-extensions-* : azurefunctions.extensions.*
azurefunctions-extensions-bindings-* : azurefunctions.extensions.bindings.*
azureml-* : azureml.*
azureml-core : azureml.core azureml.data azureml.exceptions azureml._restclient
azureml-pipeline-* : azureml.pipeline.*
azureml-train-automl-client : azureml.train.automl
azureml-train-core : azureml.train.dnn azureml.train.estimator azureml.train.hyperdrive azureml.train.sklearn
botbuilder-* : botbuilder.*
botframework-connector : botframework.connector
microsoft-kiota-abstractions : kiota_abstractions
microsoft-kiota-authentication-azure : kiota_authentication_azure
microsoft-kiota-http : kiota_http
microsoft-kiota-serialization-form : kiota_serialization_form
microsoft-kiota-serialization-json : kiota_serialization_json
microsoft-kiota-serialization-multipart : kiota_serialization_multipart
microsoft-kiota-serialization-text : kiota_serialization_text
msgraph-core : msgraph.core msgraph_core
msgraph-sdk : msgraph
office365-rest-python-client : office365
pyautogen ag2 autogen autogen-agentchat : autogen
`;
