"""PyTorch's side of the step benchmark; see keras_peer.py. Channels last and a fused Adam: the fastest plain settings on a CPU."""
import json
import os
import resource
import sys
import time

started = time.time()
import torch
from torch import nn

network, batch, task, precision = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
torch.set_num_threads(len(os.sched_getaffinity(0)))
device = "cuda" if torch.cuda.is_available() else "cpu"

groups, channels, units = {
    "base": (([64, 64], [128], [256, 256], [512, 512]), 1, 128),
    "vgg16": (([64, 64], [128, 128], [256] * 3, [512] * 3, [512] * 3), 3, 128),
    "small": (([16], [32], [64]), 1, 64),
}[network]
first = channels
body, size = [], 48
for group in groups:
    for filters in group:
        body += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]
        channels = filters
    body.append(nn.MaxPool2d(2))
    size //= 2
head = [nn.Flatten(), nn.Linear(channels * size * size, units), nn.ReLU(), nn.Dropout(0.3), nn.Linear(units, 7)]
model = nn.Sequential(*body, *head).to(device, memory_format=torch.channels_last)
optimizer = torch.optim.Adam(model.parameters(), 1e-5, fused=True)
loss_of = nn.CrossEntropyLoss()
torch.manual_seed(0)
x = (torch.rand(batch, first, 48, 48) * 2 - 1).to(device, memory_format=torch.channels_last)
y = torch.randint(0, 7, (batch,), device=device)
low = torch.autocast(device, dtype=torch.bfloat16, enabled=precision == "mixed_bfloat16")


def train():
    optimizer.zero_grad()
    with low:
        loss = loss_of(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


def evaluate():
    with torch.inference_mode(), low:
        return model(x).float().softmax(-1).cpu()


step = {"train": train, "evaluate": evaluate}[task]
model.train(task == "train")
set_up = time.time() - started
step()
print(json.dumps({"set_up_s": set_up, "first_step_s": time.time() - started}), flush=True)
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        begin = time.perf_counter()
        step()
        times.append((time.perf_counter() - begin) * 1000)
    print(json.dumps({"ms": times, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}), flush=True)
