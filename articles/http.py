"""Requests of people who are signed in."""

from django.contrib.auth.models import User

from timeline.http import HtmxRequest


class MemberRequest(HtmxRequest):
    user: User
