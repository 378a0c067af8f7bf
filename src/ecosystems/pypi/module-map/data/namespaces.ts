/** Namespace packages by pattern, and the members that do not follow it (PEP 420, pkgutil and pkg_resources style). One line: distributions, ` : `, modules. */
export const namespaces = `
backports-* : backports.*
backports-asyncio-* : backports.asyncio.*
backports-datetime-fromisoformat : backports.datetime_fromisoformat
backports-entry-points-selectable : backports.entry_points_selectable
backports-functools-lru-cache : backports.functools_lru_cache
backports-shutil-get-terminal-size : backports.shutil_get_terminal_size
backports-shutil-which : backports.shutil_which
backports-ssl-match-hostname : backports.ssl_match_hostname
ckanext-* : ckanext.*
collective-* : collective.*
collective-recipe-* : collective.recipe.*
collective-z3cform-* : collective.z3cform.*
configparser : configparser backports.configparser
discord-ext-* : discord.ext.*
dogpile-cache : dogpile.cache dogpile.lock dogpile.util dogpile
five-* : five.*
flufl-* : flufl.*
flytekitplugins-* : flytekitplugins.*
grokcore-* : grokcore.*
hurry-* : hurry.*
jaraco-* : jaraco.*
jupyter-core : jupyter_core jupyter
kivy-garden-* : kivy_garden.*
lazr-* : lazr.*
logilab-* : logilab.*
luma-* : luma.*
megatron-core : megatron.core
mkdocstrings-* : mkdocstrings_handlers.*
odoo-addon-* : odoo.addons.*
paste : paste
pastedeploy : paste.deploy
pastescript : paste.script
pdm : pdm
pdm-backend : pdm.backend
plone-* : plone.*
plone-app-* : plone.app.*
plone-formwidget-* : plone.formwidget.*
plone-recipe-* : plone.recipe.*
poetry : poetry
poetry-core : poetry.core
products-* : Products.*
pyutilib-* : pyutilib.*
repoze-* : repoze.*
repoze-who : repoze.who
repoze-who-plugins-* : repoze.who.plugins.*
ruamel-* : ruamel.*
ruamel-base : ruamel.base
ruamel-std-* : ruamel.std.*
ruamel-yaml : ruamel.yaml
ruamel-yaml-clib ruamel-yaml-clibz : _ruamel_yaml
ruamel-yaml-jinja2 : ruamel.yaml.jinja2
ruamel-yaml-string : ruamel.yaml.string
rubicon-* : rubicon.*
sphinxcontrib-* : sphinxcontrib.*
sphinxcontrib-bibtex : sphinxcontrib.bibtex
sphinxcontrib-svg2pdfconverter : sphinxcontrib.cairosvgconverter sphinxcontrib.inkscapeconverter sphinxcontrib.rsvgconverter
tangled-* : tangled.*
testing-* : testing.*
trytond : trytond
trytond-* : trytond.modules.*
turbogears2 : tg
xontrib-* : xontrib.*
xstatic : xstatic
xstatic-* : xstatic.pkg.*
z3c-* : z3c.*
z3c-recipe-* : z3c.recipe.*
zc-* : zc.*
zc-recipe-* : zc.recipe.*
zope : Zope2 OFS ZPublisher ZServer ZTUtils Products.PageTemplates Products.SiteAccess Products.Five
zope-* : zope.*
zope-app-* : zope.app.*
zope-interface : zope.interface
`;
