/** Google's namespace packages: https://github.com/googleapis/google-cloud-python. One line: distributions, ` : `, modules. */
export const google = `
appengine-python-standard : google.appengine
cloud-sql-python-connector : google.cloud.sql.connector
google-* : google.*
google-ads : google.ads.googleads
google-ads-admanager : google.ads.admanager
google-ai-* : google.ai.*
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
google-cloud-aiplatform : google.cloud.aiplatform vertex_ray
google-cloud-aiplatform vertexai : vertexai
google-cloud-alloydb : google.cloud.alloydb
google-cloud-alloydb-connector : google.cloud.alloydb.connector google.cloud.alloydbconnector
google-cloud-artifact-registry : google.cloud.artifactregistry
google-cloud-assured-workloads : google.cloud.assuredworkloads
google-cloud-audit-log : google.cloud.audit
google-cloud-bigquery : google.cloud.bigquery
google-cloud-bigtable : google.cloud.bigtable google.cloud.bigtable_admin
google-cloud-billing : google.cloud.billing
google-cloud-billing-budgets : google.cloud.billing.budgets
google-cloud-binary-authorization : google.cloud.binaryauthorization
google-cloud-build : google.cloud.devtools.cloudbuild
google-cloud-containeranalysis : google.cloud.devtools.containeranalysis
google-cloud-core : google.cloud.client google.cloud.environment_vars google.cloud.exceptions google.cloud.obsolete google.cloud.operation google.cloud.version google.cloud._helpers google.cloud._http google.cloud._testing
google-cloud-data-fusion : google.cloud.data_fusion google.cloud.datafusion
google-cloud-data-qna : google.cloud.dataqna
google-cloud-dataflow-client : google.cloud.dataflow
google-cloud-dataproc-metastore : google.cloud.metastore
google-cloud-dialogflow-cx : google.cloud.dialogflowcx
google-cloud-error-reporting : google.cloud.error_reporting google.cloud.errorreporting
google-cloud-essential-contacts : google.cloud.essential_contacts google.cloud.essentialcontacts
google-cloud-firestore : google.cloud.firestore google.cloud.firestore_admin google.cloud.firestore_bundle
google-cloud-gke-hub : google.cloud.gkehub
google-cloud-iam : google.cloud.iam google.cloud.iam_admin google.cloud.iam_credentials
google-cloud-media-translation : google.cloud.mediatranslation
google-cloud-monitoring-dashboards : google.cloud.monitoring_dashboard
google-cloud-monitoring-metrics-scopes : google.cloud.monitoring_metrics_scope
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
google-cloud-resource-manager : google.cloud.resourcemanager
google-cloud-secret-manager : google.cloud.secretmanager
google-cloud-service-control : google.cloud.servicecontrol
google-cloud-service-directory : google.cloud.servicedirectory
google-cloud-service-management : google.cloud.servicemanagement
google-cloud-spanner : google.cloud.spanner google.cloud.spanner_admin_database google.cloud.spanner_admin_instance google.cloud.spanner_dbapi
google-cloud-sqlcommenter : google.cloud.sqlcommenter
google-cloud-video-* : google.cloud.video.*
google-cloud-vpc-access : google.cloud.vpcaccess
google-colab : google.colab
google-geo-* : google.geo.*
google-maps-* : google.maps.*
google-meridian : meridian
google-pasta : pasta
google-re2 : re2
google-resumable-media : google.resumable_media google._async_resumable_media
google-search-results serpapi : serpapi
google-shopping-* : google.shopping.*
google-tunix : tunix
googleapis-common-protos : google.api google.logging google.longrunning google.rpc google.type google.cloud.common_resources_pb2 google.cloud.extended_operations_pb2 google.cloud.location
googlesearch-python google : googlesearch
grpc-google-iam-v1 : google.iam
proto-plus : proto
protobuf : google.protobuf google._upb
`;
