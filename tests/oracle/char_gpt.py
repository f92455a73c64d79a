# nanoGPT's setting without GPU in PyTorch, written from its description, for one seed: python3 char_gpt.py SEED tinyshakespeare/input.txt
# Seeds 1 to 8 by PyTorch 1.13 with OpenBLAS: 1.8965, 1.8926, 1.9124, 1.8975, 1.9111, 1.8994, 1.9174, 1.9070 nats per character over the whole held-out text.
import torch, torch.nn as nn, torch.nn.functional as F, math, sys, time
torch.set_num_threads(1)
seed=int(sys.argv[1]); torch.manual_seed(seed)
text=open(sys.argv[2]).read()
ch=sorted(set(text)); st={c:i for i,c in enumerate(ch)}
data=torch.tensor([st[c] for c in text]); n=int(0.9*len(data)); tr,va=data[:n],data[n:]
L,H,D,T,B,V=4,4,128,64,12,len(ch)
class LN(nn.Module):
    def __init__(s): super().__init__(); s.weight=nn.Parameter(torch.ones(D))
    def forward(s,x): return F.layer_norm(x,(D,),s.weight,None,1e-5)
class Block(nn.Module):
    def __init__(s):
        super().__init__(); s.l1=LN(); s.qkv=nn.Linear(D,3*D,bias=False); s.proj=nn.Linear(D,D,bias=False); s.l2=LN(); s.fc=nn.Linear(D,4*D,bias=False); s.out=nn.Linear(4*D,D,bias=False)
    def forward(s,x):
        b,t,_=x.shape; q,k,v=s.qkv(s.l1(x)).split(D,2)
        q,k,v=[a.view(b,t,H,D//H).transpose(1,2) for a in (q,k,v)]
        a=(q@k.transpose(-2,-1))/math.sqrt(D//H); a=a.masked_fill(mask[:t,:t]==0,-1e30).softmax(-1)
        x=x+s.proj((a@v).transpose(1,2).reshape(b,t,D)); return x+s.out(F.gelu(s.fc(s.l2(x))))
mask=torch.tril(torch.ones(T,T))
class GPT(nn.Module):
    def __init__(s):
        super().__init__(); s.wte=nn.Embedding(V,D); s.wpe=nn.Embedding(T,D); s.bl=nn.ModuleList(Block() for _ in range(L)); s.lf=LN()
        for m in s.modules():
            if isinstance(m,(nn.Linear,nn.Embedding)): nn.init.normal_(m.weight,0,0.02)
        for nm,p in s.named_parameters():
            if nm.endswith('proj.weight') or nm.endswith('out.weight'): nn.init.normal_(p,0,0.02/math.sqrt(2*L))
    def forward(s,i):
        x=s.wte(i)+s.wpe(torch.arange(i.shape[1]))
        for b in s.bl: x=b(x)
        return s.lf(x)@s.wte.weight.T
m=GPT(); ps=list(m.parameters()); print(sum(p.numel() for p in ps))
opt=torch.optim.AdamW([{'params':[p for p in ps if p.dim()>=2],'weight_decay':0.1},{'params':[p for p in ps if p.dim()<2],'weight_decay':0.0}],lr=1e-3,betas=(0.9,0.99))
t0=time.time()
for it in range(2000):
    lr=1e-3*(it+1)/101 if it<100 else 1e-4+0.5*(1+math.cos(math.pi*(it-100)/1900))*9e-4
    for g in opt.param_groups: g['lr']=lr
    ix=torch.randint(len(tr)-T,(B,)); x=torch.stack([tr[i:i+T] for i in ix]); y=torch.stack([tr[i+1:i+1+T] for i in ix])
    loss=F.cross_entropy(m(x).view(-1,V),y.view(-1)); opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_(ps,1.0); opt.step()
    if it%500==0: print(it,loss.item(),time.time()-t0,flush=True)
with torch.no_grad():
    w=(len(va)-1)//T; s=0
    for k in range(0,w,64):
        c=min(64,w-k); x=va[k*T:(k+c)*T].view(c,T); y=va[k*T+1:(k+c)*T+1].view(c,T); s+=c*F.cross_entropy(m(x).view(-1,V),y.reshape(-1)).item()
print('seed',seed,'whole validation',s/w,time.time()-t0,flush=True)
