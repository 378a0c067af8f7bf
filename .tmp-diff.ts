import fs from 'node:fs';
import { python } from './src/languages/python/index.ts';
import { LineIndex } from './src/text/lines.ts';
const parser = await python.parser();
const every=Number(process.argv[3]||1); let i=0;
const S={files:0,bytes:0,unsure:0,scanMs:0,parseMs:0,missing:0,extra:0,notsup:0,extras:0,extraFiles:0,broken:0,astbad:0,cmp:0};
const reasons=new Map<string,number>();
const td=new TextDecoder();
let shown=0; const show=(...a:unknown[])=>{ if(shown++<60) console.log(...a); };
for (const line of fs.readFileSync(process.argv[2],'utf8').split('\n')) { if(!line) continue; if(i++%every) continue; const o=JSON.parse(line);
  const b=fs.readFileSync(o.path); if(b.length>2e6) continue; const text=td.decode(b); S.files++; S.bytes+=b.length;
  const src={text,dialect:'py'}; let t=performance.now(); const sc=python.scan(src); S.scanMs+=performance.now()-t;
  t=performance.now(); const pr=parser.parse(src); S.parseMs+=performance.now()-t;
  const specs=new Set<string>();
  for (const im of pr.imports) if(im.target.kind==='literal') specs.add(im.target.specifier);
  if (sc.kind==='unsure'){S.unsure++; reasons.set(sc.reason,(reasons.get(sc.reason)??0)+1);} else { for(const s of specs) if(!sc.specifiers.has(s)){S.notsup++; show('NOTSUP',o.path,s);} let ex=0; for(const s of sc.specifiers) if(!specs.has(s)) ex++; if(ex){S.extraFiles++;S.extras+=ex;}}
  if(pr.broken) S.broken++;
  for (const im of pr.imports) if (im.target.kind==='literal'){ const w=text.slice(im.span.start,im.span.end).replace(/[\s\\]+|#.*/g,'').normalize('NFKC'); if(w!==im.target.specifier && im.kind!=='dynamic') show('SPAN',o.path,w,im.target.specifier); for(const n of im.target.names) if(text.slice(n.span.start,n.span.end).normalize('NFKC')!==n.name) show('NAMESPAN',o.path,n); }
  if (o.error||!o.imports){S.astbad++; continue;}
  if (pr.broken) show('BROKEN',o.path,pr.broken);
  S.cmp++;
  const li=new LineIndex(text);
  const key=(k:string,s:string|null,n:string[],op:boolean)=>`${k} ${s} ${n.join(',')} ${op}`;
  const want=o.imports.map((x:any)=>key(x[1],x[2],x[3],x[4])).sort();
  const got=pr.imports.filter(x=>x.target.kind!=='package').map(x=>key(x.kind,x.target.kind==='literal'?x.target.specifier:null,x.target.kind==='literal'?x.target.names.map(n=>n.name):[],x.optional)).sort();
  const g=[...got]; for(const w of want){const k=g.indexOf(w); if(k<0){S.missing++; show('MISSING',o.path,w);} else g.splice(k,1);} for(const x of g){S.extra++; show('EXTRA',o.path,x);}
}
console.log(S, reasons, 'scan MB/s',S.bytes/1e3/S.scanMs,'parse MB/s',S.bytes/1e3/S.parseMs);
