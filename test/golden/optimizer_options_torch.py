"""Golden numbers for what Keras does not have: rectified Adam and coupled weight decay, by PyTorch. Weights and gradients are those of
optimizer_options.json.

Run: python test/golden/optimizer_options_torch.py > test/golden/optimizer_options_torch.json   (PyTorch 2.15; versions: bench/peers/requirements.txt)
"""

import json
from pathlib import Path

import torch

GIVEN = json.loads(Path(__file__).with_name("optimizer_options.json").read_text())
TOLD = [1, 2, 3, 7, 16, 25]
SHAPES = {"kernel": (2, 4), "bias": (4,)}


def tensor(name, values):
    return torch.tensor(values, dtype=torch.float32).reshape(SHAPES[name])


CASES = [
    ({"kind": "radam"}, lambda p: torch.optim.RAdam(p, lr=0.001, eps=1e-8)),
    ({"kind": "radam", "beta_1": 0.8, "beta_2": 0.9}, lambda p: torch.optim.RAdam(p, lr=0.001, betas=(0.8, 0.9), eps=1e-8)),
    (
        {"kind": "radam", "beta_2": 0.9, "weight_decay": 0.1},
        lambda p: torch.optim.RAdam(p, lr=0.001, betas=(0.9, 0.9), eps=1e-8, weight_decay=0.1, decoupled_weight_decay=True),
    ),
    (
        {"kind": "sgd", "weight_decay": 0.1, "coupled_weight_decay": True},
        lambda p: torch.optim.SGD(p, lr=0.01, weight_decay=0.1),
    ),
    (
        {"kind": "sgd", "momentum": 0.9, "nesterov": True, "weight_decay": 0.1, "coupled_weight_decay": True},
        lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.1),
    ),
    (
        {"kind": "radam", "beta_2": 0.9, "weight_decay": 0.1, "coupled_weight_decay": True},
        lambda p: torch.optim.RAdam(p, lr=0.001, betas=(0.9, 0.9), eps=1e-8, weight_decay=0.1),
    ),
]


def run(spec, make):
    weights = {name: torch.nn.Parameter(tensor(name, values)) for name, values in GIVEN["weights"].items()}
    optimizer = make(list(weights.values()))
    steps = []
    for step, gradients in enumerate(GIVEN["gradients"], start=1):
        for name, weight in weights.items():
            weight.grad = tensor(name, gradients[name])
        optimizer.step()
        if step in TOLD:
            steps.append({"step": step, **{name: [float(f"{x:.9g}") for x in weight.detach().reshape(-1)] for name, weight in weights.items()}})
    return {"spec": spec, "steps": steps}


print(json.dumps({"versions": {"torch": torch.__version__}, "cases": [run(spec, make) for spec, make in CASES]}))
