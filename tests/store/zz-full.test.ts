import { it } from 'vitest';
import { makeLaptop, makeScratchDir } from '#tests/support/laptop.ts';
import Database from 'better-sqlite3';


(globalThis as any).DBS=[]; const P=Database.prototype.pragma; Database.prototype.pragma=function(this:any,...a:any[]){ const D=(globalThis as any).DBS; if(D.at(-1)!==this) D.push(this); return (P as any).apply(this,a)} as any;
it('x', async () => {
  const a = makeLaptop('a', { dir: makeScratchDir() });
  for (let i=0;i<300;i++) await a.call('records.write', {entity:'program', set:{name:'x'.repeat(300)+i}});
  const file = await a.exported();
  let last='';
  for (let k=0;k<400;k+=1) {
    const dir = makeScratchDir();
    const s = makeLaptop('b', {dir}); s.close();
    const b = makeLaptop('b', {dir, fresh:false, ...( {k} as {})});
    const db = (globalThis as any).DBS.at(-1) as Database.Database;
    const n = db.pragma('page_count',{simple:true}) as number;
    db.pragma(`max_page_count = ${n+k}`);
    const before = b.dump();
    const r = await b.ask('exchange.import',{file:'f',bytes:file});
    const s1 = r.ok ? (r.value as any).status+' '+((r.value as any).error?.code??'') : r.error.code;
    let after=''; try { after = b.dump()===before?'same':'changed' } catch(e:any){after=e.message}
    const imports = await b.call('imports.list',{});
    const line = `${s1} ${after} imports=${imports.length}`;
    if (line!==last) console.log(k, line);
    last=line;
    b.close();
    if (r.ok && (r.value as any).status==='imported') break;
  }
  a.close();
});
