import { openStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import { shopOf, siteOf, type ShopFacts, type SiteFacts } from '#shared/matching/shop.ts';
import { findCandidates, surroundingsOf } from '#shared/matching/candidates.ts';
import { compareShops } from '#shared/matching/compare.ts';
const t0=performance.now(); const lap=(s:string)=>console.log(s, Math.round(performance.now()-t0), 'ms', Math.round(process.memoryUsage().rss/1e6),'MB');
const dir=process.argv[2]!;
const store=openStore({dir, key: readKeyFile(dir), now:()=>0}); lap('open');
const sites=new Map((store.db.prepare('SELECT * FROM live_site').all() as SiteFacts[]).map(s=>[s.id, siteOf(s)]));
const rows=store.db.prepare('SELECT * FROM live_store ORDER BY id').all() as ShopFacts[]; lap('rows');
const shops=rows.map(r=>shopOf(r, sites.get(r.site??'')??null)); lap('shops');
const it=findCandidates(shops); let longest=0, last=performance.now(); let n=it.next(); while(!n.done){const t=performance.now(); longest=Math.max(longest,t-last); last=t; n=it.next();}
const found=n.value; lap('found'); console.log({compared:found.compared, kept:found.candidates.length, longest, skipped:found.skipped, rss:process.resourceUsage().maxRSS/1e3});
const hist:Record<string,number>={}; for(const c of found.candidates){const k=c.score.toFixed(1);hist[k]=(hist[k]??0)+1} console.log(hist);
const decided=new Set((store.db.prepare('SELECT "left"||"right" FROM live_match').pluck().all() as string[]));
const sur=surroundingsOf(shops);
const from=Number(process.argv[3]??0), to=Number(process.argv[4]??25);
console.log('decided matches', decided.size, 'found', found.candidates.filter(c=>decided.has([shops[c.left]!.id,shops[c.right]!.id].sort().join(''))&&c.score>=.5).length);
for(const c of found.candidates.filter(c=>!decided.has([shops[c.left]!.id,shops[c.right]!.id].sort().join(''))).slice(from,to)){
  const [a,b]=[rows[c.left]!,rows[c.right]!]; const s=(r:ShopFacts)=>[r.name,r.site?.slice(-4),r.category,r.ownerName,r.phone,r.roadAddress,r.unit,r.channelUrl].map(x=>x??'-').join(' | ');
  console.log(c.score,'\n  ',s(a),'\n  ',s(b),'\n  ', compareShops(shops[c.left]!,shops[c.right]!,sur).reasons.map(r=>`${r.field}:${r.how??r.kind}:${r.weight}`).join(' '));
}
