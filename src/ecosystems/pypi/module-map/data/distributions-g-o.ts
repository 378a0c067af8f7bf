/** Distributions from G to O whose modules bear other names. One line: distributions, ` : `, modules. */
export const distributionsGO = `
gdal : osgeo osgeo_utils gdal ogr osr gdalconst
gevent-websocket : geventwebsocket
gin-config : gin
github3-py : github3
gitpython : git
gpsd-py3 : gpsd
graphql-core graphql-core-next : graphql
graphql-server-core graphql-server : graphql_server
gremlinpython : gremlin_python
griffe griffelib : griffe
groundingdino-py : groundingdino
grpcio : grpc
grpcio-admin : grpc_admin
grpcio-channelz : grpc_channelz
grpcio-health-checking : grpc_health
grpcio-observability : grpc_observability
grpcio-reflection : grpc_reflection
grpcio-status : grpc_status
grpcio-testing : grpc_testing
grpcio-tools : grpc_tools
guardrails-ai : guardrails
hidapi hid : hid
home-assistant-frontend : hass_frontend
html-testrunner : HtmlTestRunner
htmlmin htmlmin2 : htmlmin
hubspot-api-client : hubspot
ibis-framework ibis : ibis
imbalanced-learn : imblearn
impyla : impala
interpret interpret-core : interpret
ipdb ipip-ipdb : ipdb
ipykernel : ipykernel ipykernel_launcher
itk itk-core : itk
jack-client : jack
jaraco-net : jaraco.net
javaobj-py3 : javaobj
jetson-gpio : Jetson
jieba jieba3k : jieba
jpype1 : jpype
json-rpc : jsonrpc
jsonata-python : jsonata
jsonpath jsonpath-python python-jsonpath : jsonpath
jsonrpclib-pelix jsonrpclib : jsonrpclib
junos-eznc : jnpr
kafka-python kafka-python-ng : kafka
keepkey : keepkeylib
keras-tuner : keras_tuner kerastuner
kerberos pykerberos : kerberos
keystone-engine : keystone
lark lark-parser : lark
levenshtein python-levenshtein : Levenshtein
libarchive-c : libarchive
libclang clang : clang
libsass : sass sassutils sasstests
libtorrent python-libtorrent : libtorrent
libusb1 : libusb1 usb1
libvirt-python : libvirt libvirt_qemu libvirt_lxc libvirtaio
line-bot-sdk : linebot
linkify-it-py : linkify_it
linode-python : linode
littlefs-python : littlefs
luma-core : luma.core
luma-lcd : luma.lcd
luma-led-matrix : luma.led_matrix
luma-oled : luma.oled
mail-parser : mailparser
markdown-it-py : markdown_it
marker-pdf : marker
mastodon-py : mastodon
matlabengine : matlab
matplotlib : matplotlib mpl_toolkits.axes_grid mpl_toolkits.axes_grid1 mpl_toolkits.axisartist mpl_toolkits.mplot3d mpl_toolkits.tests pylab
matrix-nio : nio
maxminddb-geolite2 : geolite2
mayavi : mayavi tvtk
mecab-python3 mecab-python : MeCab
mem0ai : mem0
meson : mesonbuild
meson-python : mesonpy
microsoftgraph-python : microsoftgraph
mjml-python : mjml
mkdocs-macros-plugin : mkdocs_macros
mkdocs-material material : material
mkdocs-material-extensions mkdocs-material : materialx
mkdocstrings-python : mkdocstrings_handlers.python
mmcv mmcv-full mmcv-lite : mmcv
mmsegmentation : mmseg
msgpack msgpack-python : msgpack
msoffcrypto-tool : msoffcrypto
mux-python : mux_python
mxnet mxnet-cu112 mxnet-cu102 mxnet-mkl : mxnet
mypy : mypy mypyc
mysql-replication : pymysqlreplication
mysqlclient : MySQLdb
nacos-sdk-python : nacos
nats-py asyncio-nats-client : nats
natto-py : natto
neo4j neo4j-driver : neo4j
networkit : networkit libnetworkit
newspaper3k newspaper4k : newspaper
nexus3-cli : nexuscli
nibabel : nibabel nisext
nomad python-nomad : nomad
numpy-stl : stl
nvidia-cudnn-frontend : cudnn
oauth2 python-oauth2 : oauth2
odfpy : odf
olefile : olefile
olefile olefileio-pl : OleFileIO_PL
onelogin : onelogin
onepassword-sdk : onepassword
onfido-python : onfido
opcua asyncua : opcua
open-clip-torch : open_clip
open3d open3d-cpu : open3d
openai-agents : agents
openai-whisper whisper : whisper
openbabel openbabel-wheel : openbabel
opencc-python-reimplemented opencc : opencc
opencv-python opencv-contrib-python opencv-python-headless opencv-contrib-python-headless : cv2
openfeature-sdk : openfeature
openmim : mim
openmm : openmm simtk
opensearch-protobufs : opensearch
opensearch-py : opensearchpy
openstacksdk : openstack
optimizely-sdk : optimizely
ortools : ortools pybind11_abseil
`;
