from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bench.bare.models import Row


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello.")


def one_query(request: HttpRequest, pk: int) -> HttpResponse:
    """A row and a plain template around it."""
    return render(request, "one_query.html", {"row": get_object_or_404(Row, pk=pk)})
