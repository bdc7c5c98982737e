// Shows the OpenAPI document of this very service; its own file because the page's policy allows no inline script.
SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true });
