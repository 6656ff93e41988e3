"""Golden numbers for src/train/schedules: the share of the learning rate at every step, by Keras 3 and, where Keras has none, PyTorch.

Run: python test/golden/schedules.py > test/golden/schedules.json   (Keras 3.15, PyTorch 2.15; versions: bench/peers/requirements.txt)
"""

import json
import os
import warnings

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
# TensorFlow and PyTorch do not go into one process.
os.environ["KERAS_BACKEND"] = "torch"
import keras
import torch

warnings.simplefilter("ignore")
STEPS, EPOCHS = 7, 10  # steps an epoch
TOTAL = STEPS * EPOCHS
schedules = keras.optimizers.schedules


def by_keras(schedule):
    return [float(schedule(step)) for step in range(TOTAL)]


def by_torch(make, per_step=True):
    """Of an optimizer with learning rate 1, one call of the scheduler a step or an epoch."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = make(optimizer)
    shares = []
    for step in range(TOTAL):
        shares.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step + 1 < TOTAL and (per_step or (step + 1) % STEPS == 0):
            scheduler.step()
    return shares


def at_epochs(schedule):
    """A schedule of Keras that counts epochs instead of steps."""
    return [float(schedule(step // STEPS)) for step in range(TOTAL)]


lr = torch.optim.lr_scheduler
CASES = [
    ({"kind": "exponential_decay", "decay_rate": 0.8, "decay_epochs": 2}, by_keras(schedules.ExponentialDecay(1.0, 2 * STEPS, 0.8))),
    (
        {"kind": "exponential_decay", "decay_rate": 0.8, "decay_epochs": 2, "staircase": True},
        by_keras(schedules.ExponentialDecay(1.0, 2 * STEPS, 0.8, staircase=True)),
    ),
    ({"kind": "exponential_decay", "decay_rate": 0.8, "per": "epoch"}, at_epochs(schedules.ExponentialDecay(1.0, 1, 0.8))),
    ({"kind": "inverse_time_decay", "decay_rate": 0.5}, by_keras(schedules.InverseTimeDecay(1.0, STEPS, 0.5))),
    (
        {"kind": "inverse_time_decay", "decay_rate": 0.5, "decay_epochs": 3, "staircase": True},
        by_keras(schedules.InverseTimeDecay(1.0, 3 * STEPS, 0.5, staircase=True)),
    ),
    ({"kind": "polynomial_decay"}, by_keras(schedules.PolynomialDecay(1.0, TOTAL, 0.0))),
    (
        {"kind": "polynomial_decay", "end": 0.01, "power": 2, "epochs": 6},
        by_keras(schedules.PolynomialDecay(1.0, 6 * STEPS, 0.01, power=2.0)),
    ),
    ({"kind": "cosine_decay"}, by_keras(schedules.CosineDecay(1.0, TOTAL))),
    ({"kind": "cosine_decay", "alpha": 0.1, "epochs": 6}, by_keras(schedules.CosineDecay(1.0, 6 * STEPS, alpha=0.1))),
    ({"kind": "cosine_decay", "per": "epoch"}, at_epochs(schedules.CosineDecay(1.0, EPOCHS))),
    (
        [{"kind": "linear_warmup", "epochs": 2}, {"kind": "cosine_decay", "alpha": 0.05}],
        by_keras(schedules.CosineDecay(0.0, TOTAL - 2 * STEPS, alpha=0.05, warmup_target=1.0, warmup_steps=2 * STEPS)),
    ),
    (
        [{"kind": "linear_warmup", "epochs": 3, "from": 0.2}, {"kind": "cosine_decay"}],
        by_keras(schedules.CosineDecay(0.2, TOTAL - 3 * STEPS, warmup_target=1.0, warmup_steps=3 * STEPS)),
    ),
    ({"kind": "cosine_decay_restarts", "first_epochs": 1}, by_keras(schedules.CosineDecayRestarts(1.0, STEPS))),
    (
        {"kind": "cosine_decay_restarts", "first_epochs": 2, "t_mul": 1, "m_mul": 0.7, "alpha": 0.1},
        by_keras(schedules.CosineDecayRestarts(1.0, 2 * STEPS, t_mul=1.0, m_mul=0.7, alpha=0.1)),
    ),
    (
        {"kind": "cosine_decay_restarts", "first_epochs": 1, "t_mul": 1.5, "m_mul": 0.9},
        by_keras(schedules.CosineDecayRestarts(1.0, STEPS, t_mul=1.5, m_mul=0.9)),
    ),
    ({"kind": "step_decay", "every": 3, "factor": 0.5}, by_torch(lambda o: lr.StepLR(o, 3 * STEPS, 0.5))),
    ({"kind": "step_decay", "every": 2, "per": "epoch"}, by_torch(lambda o: lr.StepLR(o, 2, 0.1), per_step=False)),
    ({"kind": "multi_step_decay", "milestones": [4, 7]}, by_torch(lambda o: lr.MultiStepLR(o, [4 * STEPS, 7 * STEPS], 0.1))),
    ({"kind": "one_cycle"}, by_torch(lambda o: lr.OneCycleLR(o, 1.0, TOTAL, cycle_momentum=False))),
    (
        {"kind": "one_cycle", "pct_start": 0.4, "div_factor": 10, "final_div_factor": 100},
        by_torch(lambda o: lr.OneCycleLR(o, 1.0, TOTAL, pct_start=0.4, div_factor=10, final_div_factor=100, cycle_momentum=False)),
    ),
]

print(
    json.dumps(
        {
            "versions": {"keras": keras.__version__, "torch": torch.__version__},
            "steps": STEPS,
            "epochs": EPOCHS,
            "cases": [{"schedule": spec if isinstance(spec, list) else [spec], "shares": shares} for spec, shares in CASES],
        }
    )
)
