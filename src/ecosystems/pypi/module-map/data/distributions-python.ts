/** Distributions whose names begin with Python and whose modules bear other names. One line: distributions, ` : `, modules. */
export const distributionsPython = `
python-amazon-simple-product-api : amazon
python-amazon-sp-api : sp_api
python-apt : apt apt_pkg apt_inst aptsources
python-arango : arango
python-augeas : augeas
python-barbicanclient : barbicanclient
python-barcode : barcode
python-baseconv : baseconv
python-benedict : benedict
python-bidi : bidi
python-binance : binance
python-bitcoinlib : bitcoin
python-box : box
python-bugzilla : bugzilla
python-calamine : python_calamine
python-can : can
python-certifi-win32 : certifi_win32
python-cinderclient : cinderclient
python-consul python-consul2 py-consul : consul
python-consul2 : consul2
python-coveralls coveralls : coveralls
python-crfsuite : pycrfsuite
python-crontab : cronlog crontabs
python-crontab crontab : crontab
python-daemon : daemon
python-dateutil py-dateutil : dateutil
python-debian : debian debian_bundle
python-decouple : decouple
python-designateclient : designateclient
python-digitalocean : digitalocean
python-discovery : python_discovery
python-doctr : doctr
python-docx : docx
python-dotenv : dotenv
python-dxf : dxf
python-editor editor : editor
python-engineio : engineio
python-etcd : etcd
python-fasthtml : fasthtml
python-ffmpeg-video-streaming : ffmpeg_streaming
python-flint : flint
python-frontmatter : frontmatter
python-fsutil : fsutil
python-gdcm : gdcm
python-geohash : geohash
python-gettext : pythongettext
python-gflags gflags : gflags
python-gitlab : gitlab
python-glanceclient : glanceclient
python-gnupg gnupg : gnupg
python-hcl2 : hcl2
python-heatclient : heatclient
python-hpilo : hpilo
python-http-client : python_http_client
python-i18n : i18n
python-igraph igraph : igraph
python-iptables : iptc
python-ipware : python_ipware
python-ironicclient : ironicclient
python-iso639 iso-639 : iso639
python-jenkins : jenkins
python-jose jose : jose
python-json-logger : pythonjsonlogger
python-jsonrpc : pyjsonrpc
python-jsonrpc-server : pyls_jsonrpc
python-jwt : python_jwt
python-keycloak : keycloak
python-keystoneclient : keystoneclient
python-kucoin : kucoin
python-ldap : ldap ldapurl ldif _ldap slapdtest
python-linkedin : linkedin
python-liquid liquidpy : liquid
python-logging-loki : logging_loki
python-logstash : logstash
python-logstash-async : logstash_async
python-louvain : community
python-lsp-jsonrpc : pylsp_jsonrpc
python-lsp-server : pylsp
python-lzo : lzo
python-magic python-magic-bin file-magic : magic
python-manilaclient : manilaclient
python-markdown-math : mdx_math
python-memcached : memcache
python-miio : miio
python-mimeparse : mimeparse
python-monkey-business : monkeybusiness
python-mpd2 : mpd
python-mpv mpv : mpv
python-multipart : python_multipart
python-multipart multipart : multipart
python-neutronclient : neutronclient
python-nmap : nmap
python-novaclient : novaclient
python-ntlm : ntlm
python-nvd3 : nvd3
python-on-whales : python_on_whales
python-openid python3-openid : openid
python-openstackclient : openstackclient
python-openzwave : openzwave
python-osc : pythonosc
python-oxmsg : oxmsg
python-pam : pam PAM
python-pcapng : pcapng
python-picnic-api : python_picnic_api
python-pkcs11 : pkcs11
python-poppler : poppler
python-pptx : pptx
python-pptx-interface : pptx_tools pptx_interface
python-prctl : prctl _prctl
python-qpid-proton : proton
python-rapidjson : rapidjson
python-redis-lock : redis_lock
python-redmine : redminelib
python-resize-image : resizeimage
python-rtmidi : rtmidi
python-saharaclient : saharaclient
python-sat pysat : pysat
python-semantic-release : semantic_release
python-slugify unicode-slugify awesome-slugify : slugify
python-snap7 : snap7
python-snappy snappy : snappy
python-socketio : socketio
python-socks : python_socks
python-sonarqube-api : sonarqube
python-statemachine : statemachine
python-stdnum : stdnum
python-string-utils : string_utils
python-subunit subunit : subunit
python-swiftclient swiftclient : swiftclient
python-tds : pytds
python-telegram-bot : telegram
python-tlsh py-tlsh : tlsh
python-troveclient : troveclient
python-twitter : twitter
python-u2flib-host : u2flib_host
python-u2flib-server : u2flib_server
python-uinput : uinput
python-ulid ulid-py : ulid
python-utils : python_utils
python-vagrant : vagrant
python-vlc : vlc
python-weka-wrapper3 : weka
python-whois whois : whois
python-wordpress-xmlrpc : wordpress_xmlrpc
python-xlib python3-xlib xlib : Xlib
python-xmp-toolkit : libxmp
python3-saml : onelogin.saml2
pythonnet : clr pythonnet
`;
