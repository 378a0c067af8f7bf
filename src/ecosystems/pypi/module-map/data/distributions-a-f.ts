/** Distributions from A to F whose modules bear other names. One line: distributions, ` : `, modules. */
export const distributionsAF = `
a2a-sdk : a2a
absl-py : absl
acme dm-acme : acme
adafruit-blinka : board busio digitalio microcontroller neopixel_write
adafruit-circuitpython-ads1x15 : adafruit_ads1x15
adafruit-circuitpython-bme280 : adafruit_bme280
adafruit-circuitpython-bme680 : adafruit_bme680
adafruit-circuitpython-bmp280 : adafruit_bmp280
adafruit-circuitpython-character-lcd : adafruit_character_lcd
adafruit-circuitpython-dht : adafruit_dht
adafruit-circuitpython-display-text : adafruit_display_text
adafruit-circuitpython-framebuf : adafruit_framebuf
adafruit-circuitpython-ina219 : adafruit_ina219
adafruit-circuitpython-lis3dh : adafruit_lis3dh
adafruit-circuitpython-mcp3xxx : adafruit_mcp3xxx
adafruit-circuitpython-motor : adafruit_motor
adafruit-circuitpython-neopixel : neopixel
adafruit-circuitpython-pca9685 : adafruit_pca9685
adafruit-circuitpython-requests : adafruit_requests
adafruit-circuitpython-rgb-display : adafruit_rgb_display
adafruit-circuitpython-sht31d : adafruit_sht31d
adafruit-circuitpython-ssd1306 : adafruit_ssd1306
adafruit-circuitpython-tsl2591 : adafruit_tsl2591
adafruit-circuitpython-veml7700 : adafruit_veml7700
ag-ui-protocol : ag_ui
agate-sql : agatesql
airflow-provider-fivetran-async : fivetran_provider_async
airtable airtable-python-wrapper : airtable
ale-py : ale_py
allure-python-commons : allure allure_commons
alpaca-py : alpaca
alphalens-reloaded alphalens : alphalens
amazon-braket-sdk : braket
amazon-paapi python-amazon-paapi : amazon_paapi
anaconda-client : binstar_client
analytics-python : analytics
ansible : ansible_collections
ansible-core : ansible_test
ansible-core ansible : ansible
ansicolors : colors
antlr-python-runtime : antlr3
antlr4-python3-runtime antlr4-python2-runtime : antlr4
antlr4-tools : antlr4_tool_runner
antspyx : ants
apache-bookkeeper-client : bookkeeper
appium-python-client : appium
argon2-cffi : argon2
argon2-cffi-bindings : _argon2_cffi_bindings
ast-grep-py : ast_grep_py
atlassian-python-api : atlassian
attrs : attr attrs
audioop-lts : audioop
auth0-python : auth0
auto-sklearn : autosklearn
automata-lib : automata
avro avro-python3 : avro
ax-platform : ax
axiom-py : axiom_py
azure-kusto-data : azure.kusto.data
basemap : mpl_toolkits.basemap
bayesian-optimization : bayes_opt
bayeux-ml : bayeux
bazel-runfiles : python.runfiles
beautifulsoup4 : bs4
biopython : Bio BioSQL
bitcoin-utils : bitcoinutils
black : black blackd blib2to3 _black_version
boolean-py : boolean
bpython : bpython bpdb
brotli brotlipy : brotli _brotli
btchip-python : btchip
cairo-lang : starkware
camelot-py : camelot
capnp pycapnp : capnp
cas python-cas : cas
cassandra-driver scylla-driver : cassandra
cattrs : cattr cattrs
causal-learn : causallearn
cbor2 : cbor2 _cbor2
cel-python : celpy
cffi : cffi _cffi_backend
cfn-lint : cfnlint
chess python-chess : chess
chromadb chromadb-client : chromadb
cirq cirq-core : cirq
ckcc-protocol : ckcc
class-registry phx-class-registry : class_registry
clean-text cleantext : cleantext
cobra acicobra : cobra
cocotb : cocotb cocotb_tools pygpi
codespell : codespell_lib
cognite-sdk : cognite.client
colour colour-science : colour
conan : conan conans
configcat-client : configcatclient
configobj : configobj
configobj protoc-gen-validate : validate
console-menu : consolemenu
coqui-tts tts : TTS
cvxpy cvxpy-base : cvxpy _cvxcore
cyclonedx-python-lib : cyclonedx
cython : Cython cython pyximport
darts u8darts : darts
dateparser : dateparser dateparser_cli dateparser_data dateparser_scripts
dbl-discoverx : discoverx
dbus-python : dbus _dbus_bindings _dbus_glib_bindings
deepgram-sdk : deepgram
delegator-py : delegator
devpi-client : devpi
dgl dgl-cu117 dgl-cu118 : dgl
discord-py py-cord : discord discord.ext.bridge discord.ext.commands discord.ext.pages discord.ext.tasks
discord-py-interactions interactions-py : interactions
django-proxy : proxy
django-radius : radiusauth
djangorestframework-bulk : rest_framework_bulk
dlib dlib-bin : dlib
dm-haiku : haiku
dm-reverb : reverb
dm-sonnet : sonnet
dm-tree : tree
dnspython : dns
docker-compose : compose
docker-image-py : docker_image
docker-pycreds : dockerpycreds
docopt docopt-ng : docopt
docx-mailmerge docx-mailmerge2 : mailmerge
dohq-artifactory artifactory : artifactory
dracclient python-dracclient : dracclient
dspy dspy-ai : dspy
duckdb : duckdb _duckdb adbc_driver_duckdb
earthengine-api : ee
eccodes : eccodes gribapi
eciespy : ecies
ecos : ecos _ecos
edgedb gel : edgedb
edgegrid-python : akamai.edgegrid
empyrical-reloaded empyrical : empyrical
enable : enable kiva
esdk-obs-python : obs
esptool : esptool espefuse espsecure
eth-brownie : brownie
evergreen-py : evergreen
exa-py : exa_py
extensionclass : ExtensionClass ComputedAttribute MethodObject
f5-sdk : f5
fabric fabric3 : fabric
facebook-sdk : facebook
factory-boy : factory
fasttext fasttext-wheel : fasttext
faust faust-streaming : faust
ffmpeg-python python-ffmpeg : ffmpeg
finance-datareader : FinanceDataReader
firecrawl-py firecrawl : firecrawl
fireworks-ai : fireworks
flake8-bugbear : bugbear
flashinfer-python : flashinfer
fluent-logger : fluent
fpdf2 fpdf : fpdf
freetype-py : freetype
frida : frida _frida
fusepy : fuse
future : future past libfuturize libpasteurize
mypy-boto3-apigateway boto3-stubs boto3-stubs-lite : mypy_boto3_apigateway
mypy-boto3-athena boto3-stubs boto3-stubs-lite : mypy_boto3_athena
mypy-boto3-batch boto3-stubs boto3-stubs-lite : mypy_boto3_batch
mypy-boto3-bedrock-runtime boto3-stubs boto3-stubs-lite : mypy_boto3_bedrock_runtime
mypy-boto3-cloudformation boto3-stubs boto3-stubs-lite : mypy_boto3_cloudformation
mypy-boto3-cloudwatch boto3-stubs boto3-stubs-lite : mypy_boto3_cloudwatch
mypy-boto3-cognito-idp boto3-stubs boto3-stubs-lite : mypy_boto3_cognito_idp
mypy-boto3-dynamodb boto3-stubs boto3-stubs-lite : mypy_boto3_dynamodb
mypy-boto3-ec2 boto3-stubs boto3-stubs-lite : mypy_boto3_ec2
mypy-boto3-ecr boto3-stubs boto3-stubs-lite : mypy_boto3_ecr
mypy-boto3-ecs boto3-stubs boto3-stubs-lite : mypy_boto3_ecs
mypy-boto3-eks boto3-stubs boto3-stubs-lite : mypy_boto3_eks
mypy-boto3-events boto3-stubs boto3-stubs-lite : mypy_boto3_events
mypy-boto3-glue boto3-stubs boto3-stubs-lite : mypy_boto3_glue
mypy-boto3-iam boto3-stubs boto3-stubs-lite : mypy_boto3_iam
mypy-boto3-kinesis boto3-stubs boto3-stubs-lite : mypy_boto3_kinesis
mypy-boto3-kms boto3-stubs boto3-stubs-lite : mypy_boto3_kms
mypy-boto3-lambda boto3-stubs boto3-stubs-lite : mypy_boto3_lambda
mypy-boto3-logs boto3-stubs boto3-stubs-lite : mypy_boto3_logs
mypy-boto3-rds boto3-stubs boto3-stubs-lite : mypy_boto3_rds
mypy-boto3-redshift boto3-stubs boto3-stubs-lite : mypy_boto3_redshift
mypy-boto3-route53 boto3-stubs boto3-stubs-lite : mypy_boto3_route53
mypy-boto3-s3 boto3-stubs boto3-stubs-lite : mypy_boto3_s3
mypy-boto3-secretsmanager boto3-stubs boto3-stubs-lite : mypy_boto3_secretsmanager
mypy-boto3-ses boto3-stubs boto3-stubs-lite : mypy_boto3_ses
mypy-boto3-sns boto3-stubs boto3-stubs-lite : mypy_boto3_sns
mypy-boto3-sqs boto3-stubs boto3-stubs-lite : mypy_boto3_sqs
mypy-boto3-ssm boto3-stubs boto3-stubs-lite : mypy_boto3_ssm
mypy-boto3-stepfunctions boto3-stubs boto3-stubs-lite : mypy_boto3_stepfunctions
mypy-boto3-sts boto3-stubs boto3-stubs-lite : mypy_boto3_sts
types-boto3-cloudformation types-boto3 types-boto3-lite : types_boto3_cloudformation
types-boto3-dynamodb types-boto3 types-boto3-lite : types_boto3_dynamodb
types-boto3-ec2 types-boto3 types-boto3-lite : types_boto3_ec2
types-boto3-iam types-boto3 types-boto3-lite : types_boto3_iam
types-boto3-lambda types-boto3 types-boto3-lite : types_boto3_lambda
types-boto3-rds types-boto3 types-boto3-lite : types_boto3_rds
types-boto3-s3 types-boto3 types-boto3-lite : types_boto3_s3
types-boto3-secretsmanager types-boto3 types-boto3-lite : types_boto3_secretsmanager
types-boto3-sns types-boto3 types-boto3-lite : types_boto3_sns
types-boto3-sqs types-boto3 types-boto3-lite : types_boto3_sqs
types-boto3-ssm types-boto3 types-boto3-lite : types_boto3_ssm
types-boto3-sts types-boto3 types-boto3-lite : types_boto3_sts
`;
