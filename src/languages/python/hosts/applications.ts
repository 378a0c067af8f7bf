import { collectionsIn } from './collections.ts';
import { hostsOf } from './host.ts';

const blender = [
  ...['bpy', 'bmesh', 'mathutils', 'gpu', 'bgl', 'blf', 'aud', 'imbuf', 'idprop', 'freestyle', 'bl_math'],
  ...['bl_ui', 'bl_operators', 'bl_i18n_utils', 'bpy_extras', 'bpy_types', 'gpu_extras', 'addon_utils'],
  ...['rna_prop_ui', 'rna_keymap_ui', 'nodeitems_utils', 'keyingsets_utils', 'cycles'],
  // Distributions that come with it:
  // https://projects.blender.org/blender/blender/src/branch/main/build_files/build_environment/cmake/python_site_packages.cmake
  ...['numpy', 'requests', 'urllib3', 'idna', 'certifi', 'charset_normalizer', 'zstandard', 'cattrs'],
];

/** Applications that load add-ons, and the modules that these import. */
export const applications = hostsOf('2026-11-29', [
  {
    host: 'Blender',
    modules: blender,
    files: /(?:^|\/)blender_manifest\.toml$/,
    source: 'https://docs.blender.org/api/current/index.html',
  },
  {
    host: 'Blender',
    modules: blender,
    files: /\.py$/,
    holds: /^bl_info\s*=/m,
    source: 'https://developer.blender.org/docs/handbook/addons/addon_meta_info/',
  },
  {
    host: 'Kodi',
    modules: ['xbmc', 'xbmcgui', 'xbmcplugin', 'xbmcaddon', 'xbmcvfs', 'xbmcdrm'],
    files: /(?:^|\/)addon\.xml$/,
    holds: /\bxbmc\.python\b/,
    source: 'https://kodi.wiki/view/Addon.xml',
  },
  {
    host: 'Odoo',
    modules: ['odoo', 'openerp'],
    files: /(?:^|\/)__(?:manifest|openerp)__\.py$/,
    source: 'https://www.odoo.com/documentation/18.0/developer/reference/backend/module.html',
  },
  {
    host: 'Odoo',
    modules: [
      ...['asn1crypto', 'babel', 'cbor2', 'chardet', 'cryptography', 'dateutil', 'decorator', 'docutils'],
      ...['freezegun', 'geoip2', 'gevent', 'greenlet', 'idna', 'jinja2', 'ldap', 'lxml', 'lxml_html_clean'],
      ...['markupsafe', 'num2words', 'ofxparse', 'OpenSSL', 'openpyxl', 'passlib', 'PIL', 'polib', 'psutil'],
      ...['psycopg2', 'PyPDF2', 'pytz', 'qrcode', 'reportlab', 'requests', 'rjsmin', 'sass', 'serial'],
      ...['stdnum', 'urllib3', 'usb', 'vobject', 'werkzeug', 'xlrd', 'xlsxwriter', 'xlwt', 'zeep'],
    ],
    files: /(?:^|\/)__(?:manifest|openerp)__\.py$/,
    source: 'https://github.com/odoo/odoo/blob/18.0/requirements.txt',
  },
  {
    host: 'Ansible',
    modules: ['ansible'],
    files: /(?:^|\/)(?:galaxy\.yml|meta\/runtime\.yml)$/,
    holds: /^(?:namespace|requires_ansible)\s*:/m,
    source: 'https://docs.ansible.com/ansible/latest/dev_guide/developing_collections_structure.html',
  },
  {
    host: 'Ansible',
    modules: [],
    files: /(?:^|\/)(?:galaxy|[\w-]*requirements[\w-]*)\.ya?ml$/,
    brings: collectionsIn,
    source: 'https://docs.ansible.com/ansible/latest/dev_guide/collections_galaxy_meta.html',
  },
  {
    host: 'ansible-test',
    modules: ['pytest', 'pytest_mock', 'mock', 'yaml'],
    files: /(?:^|\/)(?:galaxy\.yml|meta\/runtime\.yml)$/,
    holds: /^(?:namespace|requires_ansible)\s*:/m,
    runs: /(?:^|\/)tests\/unit\/.*\.py$/,
    source:
      'https://github.com/ansible/ansible/blob/devel/test/lib/ansible_test/_data/requirements/units.txt',
  },
  {
    host: 'Home Assistant',
    modules: ['homeassistant', 'custom_components'],
    files: /(?:^|\/)custom_components\/[^/]+\/manifest\.json$/,
    source: 'https://developers.home-assistant.io/docs/creating_integration_manifest/',
  },
  {
    host: 'Home Assistant',
    modules: [
      ...['aiodns', 'aiohttp', 'aiohttp_cors', 'aiozoneinfo', 'astral', 'attr', 'attrs', 'atomicwrites'],
      ...['awesomeversion', 'bcrypt', 'certifi', 'ciso8601', 'cronsim', 'cryptography', 'fnv_hash_fast'],
      ...['httpx', 'ifaddr', 'jinja2', 'jwt', 'lru', 'mutagen', 'orjson', 'packaging', 'PIL', 'propcache'],
      ...['psutil_home_assistant', 'requests', 'securetar', 'slugify', 'sqlalchemy', 'typing_extensions'],
      ...[
        'ulid_transform',
        'urllib3',
        'voluptuous',
        'voluptuous_openapi',
        'voluptuous_serialize',
        'webrtc_models',
      ],
      ...['yaml', 'yarl', 'zeroconf'],
    ],
    files: /(?:^|\/)custom_components\/[^/]+\/manifest\.json$/,
    source: 'https://github.com/home-assistant/core/blob/dev/pyproject.toml',
  },
  {
    host: 'Sublime Text',
    modules: ['sublime', 'sublime_api', 'sublime_plugin', 'Default', 'unittesting'],
    files: /\.sublime-(?:commands|menu|keymap|mousemap|settings|syntax|build)$/,
    source: 'https://www.sublimetext.com/docs/api_reference.html',
  },
  {
    host: 'QGIS',
    modules: ['qgis', 'processing'],
    files: /(?:^|\/)metadata\.txt$/,
    holds: /^qgisMinimumVersion\s*=/m,
    source: 'https://docs.qgis.org/latest/en/docs/pyqgis_developer_cookbook/plugins/plugins.html',
  },
  {
    host: 'FreeCAD',
    modules: [
      ...['FreeCAD', 'FreeCADGui', 'Part', 'PartGui', 'PartDesign', 'Sketcher', 'Draft', 'Mesh', 'Arch'],
      ...['TechDraw', 'Spreadsheet', 'Fem'],
    ],
    files: /(?:^|\/)(?:package\.xml|InitGui\.py)$/,
    holds: /freecad/i,
    source: 'https://wiki.freecad.org/Package_Metadata',
  },
  {
    host: 'Inkscape',
    modules: ['inkex'],
    files: /\.inx$/,
    source: 'https://inkscape.gitlab.io/extensions/documentation/',
  },
  {
    host: 'Unreal Engine',
    modules: ['unreal'],
    files: /\.(?:uproject|uplugin)$/,
    source:
      'https://dev.epicgames.com/documentation/en-us/unreal-engine/scripting-the-unreal-editor-using-python',
  },
  {
    host: 'calibre',
    modules: ['calibre', 'calibre_plugins'],
    files: /(?:^|\/)plugin-import-name-\w+\.txt$/,
    source: 'https://manual.calibre-ebook.com/creating_plugins.html',
  },
  {
    host: 'NVDA',
    modules: [
      ...[
        'addonHandler',
        'api',
        'appModuleHandler',
        'braille',
        'config',
        'controlTypes',
        'globalPluginHandler',
      ],
      ...[
        'globalVars',
        'gui',
        'inputCore',
        'keyboardHandler',
        'languageHandler',
        'logHandler',
        'NVDAObjects',
      ],
      ...['queueHandler', 'scriptHandler', 'speech', 'synthDriverHandler', 'textInfos', 'tones', 'ui'],
      ...['treeInterceptorHandler', 'versionInfo', 'winUser'],
    ],
    files: /(?:^|\/)buildVars\.py$/,
    holds: /\baddon_(?:info|minimumNVDAVersion)\b/,
    source: 'https://download.nvaccess.org/documentation/developerGuide.html',
  },
  {
    host: 'Airflow',
    modules: [],
    roots: ['dags', 'plugins', 'config'],
    files:
      /(?:^|\/)(?:airflow\.cfg|pyproject\.toml|setup\.cfg|[\w.-]*requirements[\w.-]*\.txt|[\w.-]*Dockerfile|(?:docker-)?compose[\w.-]*\.ya?ml)$/,
    holds: /\bapache[-_/]airflow\b|^\[core\]/m,
    source:
      'https://airflow.apache.org/docs/apache-airflow/stable/administration-and-deployment/modules_management.html',
  },
]);
