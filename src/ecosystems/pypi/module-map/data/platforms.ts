/** Clouds, data platforms and model frameworks whose distributions share a namespace or a prefix. One line: distributions, ` : `, modules. */
export const platforms = `
alibabacloud-tea : Tea
aliyun-python-sdk-alidns : aliyunsdkalidns
aliyun-python-sdk-cdn : aliyunsdkcdn
aliyun-python-sdk-core aliyun-python-sdk-core-v3 : aliyunsdkcore
aliyun-python-sdk-dysmsapi : aliyunsdkdysmsapi
aliyun-python-sdk-ecs : aliyunsdkecs
aliyun-python-sdk-green : aliyunsdkgreen
aliyun-python-sdk-kms : aliyunsdkkms
aliyun-python-sdk-ram : aliyunsdkram
aliyun-python-sdk-rds : aliyunsdkrds
aliyun-python-sdk-slb : aliyunsdkslb
aliyun-python-sdk-sts : aliyunsdksts
aliyun-python-sdk-vpc : aliyunsdkvpc
apache-airflow apache-airflow-core : airflow
apache-airflow-client : airflow_client
apache-airflow-providers-* : airflow.providers.*
apache-airflow-providers-apache-* : airflow.providers.apache.*
apache-airflow-providers-atlassian-* : airflow.providers.atlassian.*
apache-airflow-providers-cncf-* : airflow.providers.cncf.*
apache-airflow-providers-common-* : airflow.providers.common.*
apache-airflow-providers-dbt-* : airflow.providers.dbt.*
apache-airflow-providers-microsoft-* : airflow.providers.microsoft.*
apache-airflow-task-sdk apache-airflow apache-airflow-core : airflow.sdk
apache-flink : pyflink
apache-libcloud : libcloud
apache-sedona : sedona
apache-superset : superset
apache-tvm : tvm
autogluon : autogluon autogluon._internal_ autogluon.contrib autogluon.main autogluon.model_zoo autogluon.scheduler autogluon.searcher autogluon.task autogluon.utils autogluon.version
autogluon-* : autogluon.*
autogluon-common autogluon : autogluon.common
autogluon-core autogluon : autogluon.core
autogluon-extra autogluon : autogluon.extra
autogluon-features autogluon : autogluon.features
autogluon-forecasting autogluon : autogluon.forecasting
autogluon-multimodal autogluon : autogluon.multimodal
autogluon-mxnet autogluon : autogluon.mxnet
autogluon-tabular autogluon : autogluon.tabular
autogluon-text autogluon : autogluon.text
autogluon-timeseries autogluon : autogluon.timeseries
autogluon-vision autogluon : autogluon.vision
aws-cdk-*-alpha : aws_cdk.*_alpha
aws-cdk-asset-* aws-cdk-lib : aws_cdk.asset_*
aws-cdk-core : aws_cdk.core
aws-cdk-lambda-layer-kubectl-* : aws_cdk.lambda_layer_kubectl_*
aws-cdk-lib aws-cdk-aws-* : aws_cdk.aws_*
aws-cdk-lib aws-cdk-core : aws_cdk
aws-msk-iam-sasl-signer-python : aws_msk_iam_sasl_signer
aws-sam-cli : samcli
aws-sam-translator : samtranslator
awsiotsdk : awsiot
bce-python-sdk : baidubce
cos-python-sdk-v5 : qcloud_cos
couchbase : couchbase acouchbase txcouchbase
cuda-* : cuda.*
cuda-bindings cuda-python : cuda.bindings cuda.ccuda cuda.ccudart cuda.cnvrtc cuda.cuda cuda.cudart cuda.nvrtc
cuda-cccl : cuda.compute cuda.coop cuda.cooperative cuda.parallel
cuda-core cuda-python : cuda.core
cuda-pathfinder cuda-bindings cuda-python : cuda.pathfinder
cuda-python : cuda
cudf-cu12 cudf-cu11 cudf-cu13 : cudf
cugraph-cu12 cugraph-cu11 cugraph-cu13 : cugraph
cuml-cu12 cuml-cu11 cuml-cu13 : cuml
cupy cupy-cuda12x cupy-cuda11x cupy-cuda13x cupy-cuda112 cupy-cuda102 cupy-rocm-5-0 : cupy cupyx
dask-cudf-cu12 dask-cudf-cu11 dask-cudf-cu13 : dask_cudf
databricks-* : databricks.*
databricks-feature-engineering : databricks.feature_engineering
databricks-labs-* : databricks.labs.*
databricks-sql-connector : databricks.sql
databricks-vectorsearch : databricks.vector_search
dbt-* : dbt.adapters.* dbt.include.*
dbt-adapters : dbt.adapters
dbt-adapters : dbt.adapters.__about__ dbt.adapters.base dbt.adapters.cache dbt.adapters.capability dbt.adapters.catalogs dbt.adapters.clients dbt.adapters.contracts dbt.adapters.events dbt.adapters.exceptions dbt.adapters.factory dbt.adapters.planning dbt.adapters.protocol dbt.adapters.record dbt.adapters.reference_keys dbt.adapters.relation_configs dbt.adapters.sql dbt.adapters.utils
dbt-adapters dbt-core : dbt.include.global_project
dbt-athena dbt-athena-community : dbt.adapters.athena dbt.include.athena
dbt-bigquery : dbt.adapters.bigquery dbt.include.bigquery
dbt-clickhouse : dbt.adapters.clickhouse dbt.include.clickhouse
dbt-core : dbt
dbt-core : dbt.include.starter_project
dbt-databricks : dbt.adapters.databricks dbt.include.databricks
dbt-duckdb : dbt.adapters.duckdb dbt.include.duckdb
dbt-fabric : dbt.adapters.fabric dbt.include.fabric
dbt-postgres : dbt.adapters.postgres dbt.include.postgres
dbt-redshift : dbt.adapters.redshift dbt.include.redshift
dbt-snowflake : dbt.adapters.snowflake dbt.include.snowflake
dbt-spark : dbt.adapters.spark dbt.include.spark
dbt-sqlserver : dbt.adapters.sqlserver dbt.include.sqlserver
dbt-trino : dbt.adapters.trino dbt.include.trino
delta-spark delta : delta
elastic-apm : elasticapm
faiss-cpu faiss-gpu faiss-gpu-cu12 faiss-gpu-cu11 : faiss
fastmcp fastmcp-slim : fastmcp
fla-core flash-linear-attention : fla
flash-linear-attention : fla.layers fla.models
hydra-core : hydra
ibm-cos-sdk : ibm_boto3
ibm-cos-sdk-core : ibm_botocore
ibm-cos-sdk-s3transfer : ibm_s3transfer
ibm-db : ibm_db ibm_db_ctx ibm_db_dbi
keras keras-nightly : keras
langgraph : langgraph langgraph._api langgraph._internal langgraph._typing langgraph.callbacks langgraph.channels langgraph.config langgraph.constants langgraph.errors langgraph.func langgraph.graph langgraph.managed langgraph.pregel langgraph.runtime langgraph.serde langgraph.stream langgraph.types langgraph.typing langgraph.utils langgraph.version langgraph.warnings
langgraph-* : langgraph.*
langgraph-checkpoint langgraph : langgraph.cache langgraph.checkpoint langgraph.store
langgraph-checkpoint langgraph : langgraph.cache.base langgraph.cache.memory langgraph.cache.redis langgraph.checkpoint.base langgraph.checkpoint.memory langgraph.checkpoint.serde langgraph.store.base langgraph.store.memory
langgraph-checkpoint-* : langgraph.cache.* langgraph.checkpoint.* langgraph.store.*
langgraph-checkpoint-mongodb : langgraph.checkpoint.mongodb
langgraph-checkpoint-postgres : langgraph.checkpoint.postgres langgraph.store.postgres
langgraph-checkpoint-redis : langgraph.checkpoint.redis langgraph.store.redis
langgraph-checkpoint-sqlite langgraph : langgraph.checkpoint.sqlite langgraph.store.sqlite
langgraph-prebuilt langgraph : langgraph.prebuilt
launchdarkly-server-sdk : ldclient
lightning-fabric pytorch-lightning lightning : lightning_fabric
llama-cpp-python : llama_cpp
llama-index llama-index-core : llama_index
llama-index-agent-* : llama_index.agent.*
llama-index-callbacks-* : llama_index.callbacks.*
llama-index-core llama-index : llama_index.core
llama-index-embeddings-* : llama_index.embeddings.*
llama-index-extractors-* : llama_index.extractors.*
llama-index-graph-stores-* : llama_index.graph_stores.*
llama-index-indices-managed-* : llama_index.indices.managed.*
llama-index-ingestion-* : llama_index.ingestion.*
llama-index-legacy : llama_index.legacy
llama-index-llms-* : llama_index.llms.*
llama-index-memory-* : llama_index.memory.*
llama-index-multi-modal-llms-* : llama_index.multi_modal_llms.*
llama-index-node-parser-* : llama_index.node_parser.*
llama-index-output-parsers-* : llama_index.output_parsers.*
llama-index-packs-* : llama_index.packs.*
llama-index-postprocessor-* : llama_index.postprocessor.*
llama-index-program-* : llama_index.program.*
llama-index-question-gen-* : llama_index.question_gen.*
llama-index-readers-* : llama_index.readers.*
llama-index-retrievers-* : llama_index.retrievers.*
llama-index-storage-chat-store-* : llama_index.storage.chat_store.*
llama-index-storage-docstore-* : llama_index.storage.docstore.*
llama-index-storage-index-store-* : llama_index.storage.index_store.*
llama-index-storage-kvstore-* : llama_index.storage.kvstore.*
llama-index-tools-* : llama_index.tools.*
llama-index-vector-stores-* : llama_index.vector_stores.*
mlflow mlflow-skinny : mlflow
mysql-connector-python mysql-connector : mysql _mysql_connector
nemo-toolkit : nemo
nvidia-*-cu12 nvidia-* nvidia-*-cu11 nvidia-*-cu13 : nvidia.*
nvidia-cublas-cu12 nvidia-cublas nvidia-cublas-cu11 : nvidia.cublas
nvidia-cudnn-cu12 nvidia-cudnn-cu13 nvidia-cudnn-cu11 : nvidia.cudnn
nvidia-cutlass-dsl : cutlass
nvidia-dali-cuda120 nvidia-dali-cuda110 nvidia-dali-cuda130 : nvidia.dali
nvidia-ml-py pynvml nvidia-ml-py3 : pynvml
nvidia-modulus : modulus
nvidia-physicsnemo : physicsnemo
nvidia-riva-client : riva
onnxruntime onnxruntime-gpu onnxruntime-directml onnxruntime-silicon onnxruntime-openvino ort-nightly : onnxruntime
openvino : openvino
openvino-dev : openvino.tools
orbax-* : orbax.*
orbax-checkpoint : orbax.checkpoint
pinecone pinecone-client : pinecone
psycopg2 psycopg2-binary : psycopg2
pyannote-* : pyannote.*
rmm-cu12 rmm-cu11 rmm-cu13 : rmm
snowflake-* : snowflake.*
snowflake-connector-python : snowflake.connector
snowflake-ml-python : snowflake.ml snowflake.cortex
snowflake-snowpark-python : snowflake.snowpark
snowflake-telemetry-python : snowflake.telemetry
tencentcloud-sdk-python tencentcloud-sdk-python-* : tencentcloud.*
tencentcloud-sdk-python tencentcloud-sdk-python-common : tencentcloud tencentcloud.common
tensorboard tb-nightly : tensorboard
tensorflow tensorflow-cpu tensorflow-gpu tf-nightly tensorflow-macos tensorflow-intel tensorflow-rocm tf-nightly-cpu : tensorflow
tensorflow-datasets tfds-nightly : tensorflow_datasets
tensorflow-io tensorflow-io-nightly : tensorflow_io
tensorflow-probability tfp-nightly : tensorflow_probability
tensorflow-serving-api tensorflow-serving-api-gpu : tensorflow_serving
torch : torch functorch torchgen caffe2
volcengine-python-sdk : volcenginesdkcore volcenginesdkarkruntime
weaviate-client : weaviate
xgboost xgboost-cpu : xgboost
yandexcloud : yandexcloud yandex
`;
