"""A generator that only shows what it would be asked."""

from __future__ import annotations

from collections.abc import Sequence

from radnlp.api import Generated, GenerationRequest, ProviderError


class Silent:
    """A model without a chat template that is never asked; fulfils :class:`radnlp.api.TextGenerator`."""

    def generate(self, requests: Sequence[GenerationRequest]) -> list[Generated]:
        """Nothing can be answered.

        Raises:
            ProviderError: Always.
        """
        raise ProviderError(f"there is no model to answer {len(requests)} questions")

    def shown(self, request: GenerationRequest) -> str:
        """Prefix and rest, as a model without a chat template reads them."""
        return request.prefix + request.rest
