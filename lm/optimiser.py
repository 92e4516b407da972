"""Muon for matrices, AdamW for everything else.

Muon replaces the momentum of a weight matrix by the nearest matrix with equal singular values (five
Newton-Schulz steps); at our budget it learned clearly faster than AdamW alone. Matrices of one
shape are treated in one batch. What it does not know: schedules; the caller sets `lr` on the
parameter groups.
"""

from __future__ import annotations

from typing import Any

NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)


def orthogonalise(matrices: Any, steps: int = 5) -> Any:
    """(N, R, C) matrices → the same with singular values near one.

    In bfloat16 on a GPU; on the CPU, whose bfloat16 is slower here, in the matrices' own precision.
    """
    import torch

    a, b, c = NEWTON_SCHULZ
    x = matrices.to(torch.bfloat16) if matrices.is_cuda else matrices
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.mT
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = x @ x.mT
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.mT if tall else x).to(matrices.dtype)


def make_muon() -> type:
    """The Muon class (made here so that torch is imported only when it is used)."""
    import torch

    class Muon(torch.optim.Optimizer):
        """Momentum 0.95 with Nesterov, orthogonalised updates, decoupled weight decay."""

        def __init__(
            self, params: Any, lr: float, momentum: float = 0.95, decay: float = 0.0
        ) -> None:
            super().__init__(params, {"lr": lr, "momentum": momentum, "decay": decay})

        @torch.no_grad()
        def step(self, closure: Any = None) -> None:  # type: ignore[override]
            for group in self.param_groups:
                shapes: dict[tuple[int, ...], list[Any]] = {}
                for p in group["params"]:
                    if p.grad is not None:
                        shapes.setdefault(tuple(p.shape), []).append(p)
                for (rows, columns), params in shapes.items():
                    updates = []
                    for p in params:
                        momentum = self.state[p].setdefault("momentum", torch.zeros_like(p))
                        momentum.lerp_(p.grad, 1 - group["momentum"])
                        updates.append(p.grad.lerp(momentum, group["momentum"]))
                    size = 0.2 * max(rows, columns) ** 0.5  # the update's size matches AdamW's
                    for p, update in zip(params, orthogonalise(torch.stack(updates)), strict=True):
                        p.mul_(1 - group["lr"] * group["decay"])
                        p.add_(update, alpha=-group["lr"] * size)

    return Muon


def make_optimisers(model: Any, matrix_lr: float, other_lr: float, decay: float) -> list[Any]:
    """Muon over the matrices inside the layers, AdamW over embeddings and norms."""
    import torch

    inside = [
        p
        for n, p in model.named_parameters()
        if p.ndim == 2 and "embed" not in n and "lm_head" not in n
    ]
    chosen = {id(p) for p in inside}
    others = [p for p in model.parameters() if id(p) not in chosen]
    return [
        make_muon()(inside, lr=matrix_lr, decay=decay),
        torch.optim.AdamW(others, lr=other_lr, betas=(0.9, 0.95), weight_decay=0.0),
    ]
