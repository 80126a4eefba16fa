// The API's page: Swagger UI from the installed package, on our own specification.
SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true });
