/** Distributions from A to F whose modules bear other names. One line: distributions, ` : `, modules. */
export const distributionsAF = `
absl-py : absl
acme dm-acme : acme
adafruit-blinka : board busio digitalio microcontroller
adafruit-circuitpython-dht : adafruit_dht
adafruit-circuitpython-neopixel : neopixel
agate-sql : agatesql
airtable airtable-python-wrapper : airtable
alpaca-py : alpaca
alphalens-reloaded alphalens : alphalens
amazon-braket-sdk : braket
amazon-paapi python-amazon-paapi : amazon_paapi
analytics-python : analytics
ansible : ansible_collections
ansible-core : ansible_test
ansible-core ansible : ansible
antlr-python-runtime : antlr3
antlr4-python3-runtime : antlr4
antlr4-tools : antlr4_tool_runner
antspyx : ants
apache-bookkeeper-client : bookkeeper
appium-python-client : appium
argon2-cffi : argon2
argon2-cffi-bindings : _argon2_cffi_bindings
atlassian-python-api : atlassian
attrs : attr attrs
audioop-lts : audioop
auth0-python : auth0
ax-platform : ax
azure-kusto-data : azure.kusto.data
basemap : mpl_toolkits.basemap
bayesian-optimization : bayes_opt
beautifulsoup4 : bs4
biopython : Bio BioSQL
bitcoin-utils : bitcoinutils
black : black blackd blib2to3 _black_version
boolean-py : boolean
bpython : bpython bpdb
brotli brotlipy : brotli _brotli
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
chess python-chess : chess
chromadb chromadb-client : chromadb
cirq cirq-core : cirq
class-registry phx-class-registry : class_registry
clean-text cleantext : cleantext
cobra acicobra : cobra
cocotb : cocotb cocotb_tools pygpi
codespell : codespell_lib
colour colour-science : colour
conan : conan conans
configobj protoc-gen-validate : validate
coqui-tts tts : TTS
cvxpy : cvxpy _cvxcore
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
discord-py py-cord : discord
discord-py-interactions interactions-py : interactions
dlib dlib-bin : dlib
dm-haiku : haiku
dm-reverb : reverb
dm-sonnet : sonnet
dm-tree : tree
dnspython : dns
docker-compose : compose
docker-image-py : docker_image
docopt docopt-ng : docopt
docx-mailmerge docx-mailmerge2 : mailmerge
dohq-artifactory artifactory : artifactory
dracclient python-dracclient : dracclient
duckdb : duckdb _duckdb adbc_driver_duckdb
earthengine-api : ee
eccodes : eccodes gribapi
eciespy : ecies
ecos : ecos _ecos
edgedb gel : edgedb
empyrical-reloaded empyrical : empyrical
enable : enable kiva
esptool : esptool espefuse espsecure
eth-brownie : brownie
evergreen-py : evergreen
f5-sdk : f5
fabric fabric3 : fabric
facebook-sdk : facebook
factory-boy : factory
fasttext fasttext-wheel : fasttext
faust faust-streaming : faust
ffmpeg-python python-ffmpeg : ffmpeg
finance-datareader : FinanceDataReader
firecrawl-py firecrawl : firecrawl
flake8-bugbear : bugbear
flashinfer-python : flashinfer
fpdf2 fpdf : fpdf
freetype-py : freetype
frida : frida _frida
fusepy : fuse
future : future past libfuturize libpasteurize
`;
